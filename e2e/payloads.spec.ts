import { expect, test } from './support/fixtures.ts'

test('no payload breaks the page, and all of it that JSON can carry arrives', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  await page.evaluate(async () => {
    const cycle: Record<string, unknown> = { name: 'cycle' }
    cycle.self = cycle
    const deep: Record<string, unknown> = {}
    for (let level = 0, inner = deep; level < 10_000; level++) inner = inner.in = {}
    await window.analytics.track('Strange', {
      cycle,
      deep,
      big: 10n,
      date: new Date(0),
      never: new Date(Number.NaN),
      ratio: Number.NaN,
      node: document.body,
      page: window,
      run() {},
      symbol: Symbol('s'),
      list: [1, undefined, () => {}],
      map: new Map([['a', 1]]),
      wide: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])),
      get broken() {
        throw new Error('a getter that throws')
      },
      last: 'still here',
    })
    await window.plugin.flush()
  })
  const [message] = await account.messages()
  const properties = message?.body.properties
  const { deep, wide, ...rest } = properties as Record<string, Record<string, unknown>>
  expect(rest).toEqual({
    cycle: { name: 'cycle' },
    big: '10',
    date: '1970-01-01T00:00:00.000Z',
    never: null,
    ratio: null,
    list: [1, null, null],
    map: {},
    last: 'still here',
  })
  expect(Object.keys(wide ?? {})).toHaveLength(10_000)
  expect(deep).toHaveProperty('in.in.in')
  expect(message?.status).toBe(200)
})

test('objects that the caller changes after the call arrive unchanged', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(async () => {
    const properties = { cart: { items: ['apple'] } }
    const traits = { address: { city: 'Warsaw' } }
    const calls = [
      window.analytics.track('Cart Viewed', properties),
      window.analytics.identify('ada', traits),
    ]
    properties.cart.items.push('pear')
    traits.address.city = 'Kraków'
    await Promise.all(calls)
    await window.plugin.flush()
  })
  const [track, identify] = await account.messages()
  expect(track?.body.properties).toEqual({ cart: { items: ['apple'] } })
  expect(identify?.body.traits).toEqual({ address: { city: 'Warsaw' } })
})

test('the plugin changes neither the caller’s objects nor the event of other destinations', async ({
  openShop,
}) => {
  const page = await openShop()
  const seen = await page.evaluate(async () => {
    const run = (): void => {}
    const properties = { firstName: 'Ada', at: new Date(0), run, nested: { big: 10n } }
    let event: Record<string, unknown> = {}
    await window.analytics.register?.({
      name: 'Other',
      type: 'destination',
      version: '1',
      isLoaded: () => true,
      load: async () => {},
      track(context: { event: typeof event }) {
        event = context.event
        return context
      },
    })
    await window.analytics.track('Seen', properties)
    const theirs = event.properties as typeof properties
    return {
      same: [theirs.firstName, theirs.at.getTime(), theirs.run === run, theirs.nested.big === 10n],
      keys: Object.keys(properties),
      hasSentAt: 'sentAt' in event,
      hasOs: 'os' in (event.context as object),
    }
  })
  expect(seen).toEqual({
    same: ['Ada', 0, true, true],
    keys: ['firstName', 'at', 'run', 'nested'],
    hasSentAt: false,
    hasOs: false,
  })
})

test('a message larger than the keepalive budget is delivered', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(async () => {
    await window.analytics.track('Large', { text: 'ż'.repeat(100_000) })
    await window.plugin.flush()
  })
  expect(await account.events()).toEqual(['Large'])
})
