import { passTimeUntil, passTimeUntilRefused, sendingTimes, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'

/** Tracks events one after the other, without waiting for any. */
const trackAll = (names: string[]) => {
  for (const name of names) void window.analytics.track(name)
}

test('messages arrive in the order of the calls, even if one needs several attempts', async ({
  openShop,
  account,
}) => {
  await account.answersWith({ status: 503 }, { status: 429, retryAfter: 1 }, { drop: true }, { delayMs: 100 })
  const page = await openShop()
  await page.evaluate(trackAll, ['A', 'B', 'C', 'D'])
  await expect.poll(account.events, { timeout: 20_000 }).toEqual(['A', 'B', 'C', 'D'])
  const received = await account.messages()
  expect(new Set(received.map(({ body }) => body.messageId)).size).toBe(4)
})

test('a message whose answer is lost is repeated with the same messageId, and applied once', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  await page.evaluate(() => window.analytics.identify('ada').then(() => window.plugin.flush()))
  await account.answersWith({ loseAnswer: true })
  await page.evaluate(trackAll, ['A', 'B'])
  await expect.poll(async () => (await account.events()).at(-1), { timeout: 20_000 }).toBe('B')
  const ofA = (await account.messages()).filter(({ body }) => body.event === 'A')
  expect(ofA.length).toBeGreaterThan(1)
  expect(new Set(ofA.map(({ body }) => body.messageId)).size).toBe(1)
  expect(ofA.map(({ repeated }) => repeated)).toEqual(ofA.map((_, index) => index > 0))
  expect(await account.eventsOf('ada')).toHaveLength(2)
})

test('a request that hangs is aborted after timeoutMs and repeated', async ({ page, openShop, account }) => {
  await stopClock(page)
  await account.answersWith({ delayMs: 60_000, status: 503 })
  await openShop({ timeoutMs: 300 })
  await page.evaluate(trackAll, ['A'])
  await passTimeUntil(page, account.events, ['A'], 50)
  const [sentAt = 0] = await sendingTimes(account)
  // The queue's first pause is five seconds at most.
  expect(sentAt).toBeLessThan(10_000)
})

test('Retry-After is obeyed', async ({ page, openShop, account }) => {
  await stopClock(page)
  await openShop()
  await account.answersWith({ status: 503, retryAfter: 600 })
  await page.evaluate(trackAll, ['A'])
  await passTimeUntilRefused(page, account)
  await page.clock.fastForward(590_000)
  expect(await account.messages()).toHaveLength(1)
  await page.clock.fastForward(11_000)
  await passTimeUntil(page, account.events, ['A'])
  expect((await sendingTimes(account)).at(-1)).toBeGreaterThanOrEqual(600_000)
})

test('a slow endpoint delays neither the page nor other destinations', async ({ openShop, account }) => {
  await account.answersWith({ delayMs: 60_000 })
  const page = await openShop()
  const seen = await page.evaluate(async () => {
    const names: unknown[] = []
    await window.analytics.register?.({
      name: 'Other',
      type: 'destination',
      version: '1',
      isLoaded: () => true,
      load: async () => {},
      track(context: { event: { event: string } }) {
        names.push(context.event.event)
        return context
      },
    })
    await window.analytics.track('A')
    await window.analytics.track('B')
    return { names, stats: window.plugin.stats() }
  })
  expect(seen.names).toEqual(['A', 'B'])
  expect(seen.stats).toMatchObject({ queued: 1, inFlight: 1, delivered: 0 })
})

test('a revoked key logs one error, and all messages arrive when it is restored', async ({
  openShop,
  account,
  errors,
}) => {
  await account.revokesKey(true)
  const page = await openShop()
  await page.evaluate(trackAll, ['A', 'B'])
  await expect.poll(() => errors.length).toBe(1)
  expect(errors.pop()).toMatch(
    /answered 403 "This API key is revoked.*Segment API keys.*the domain of this page is not trusted.*Domains.*No message is lost/,
  )
  expect(await page.evaluate(() => window.plugin.flush())).toBe(false)
  expect(await page.evaluate(() => window.plugin.stats())).toMatchObject({
    queued: 2,
    delivered: 0,
    dropped: {},
  })
  await account.revokesKey(false)
  expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
  expect(await account.events()).toEqual(['A', 'B'])
})

test('an untrusted domain is reported in the endpoint’s own words', async ({ openShop, account, errors }) => {
  await account.trusts('shop.example')
  const page = await openShop()
  await page.evaluate(trackAll, ['A'])
  await expect
    .poll(() => errors.pop())
    .toMatch(/answered 403 "The domain of http:\/\/localhost:\d+ is not trusted, only shop\.example/)
  await account.trusts('shop.example', 'localhost')
  expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
  expect(await account.events()).toEqual(['A'])
})

for (const [what, settings, said] of [
  [
    'an unknown key',
    () => ({ apiKey: 'unknown' }),
    /answered 401 "No app has this API key.*It does not know the apiKey: compare it with App settings/,
  ],
  [
    'an endpoint that does not exist',
    (url: string) => ({ endpoint: `${url}nowhere/` }),
    /answered 404 .*check the URL of `endpoint`/,
  ],
] as const) {
  test(`${what} is reported as such, and no message is dropped`, async ({ openShop, account, errors }) => {
    const page = await openShop(settings(account.endpoint))
    await page.evaluate(trackAll, ['A'])
    await expect.poll(() => errors.pop()).toMatch(said)
    expect(await page.evaluate(() => window.plugin.stats())).toMatchObject({
      queued: 1,
      delivered: 0,
      dropped: {},
    })
  })
}

test('a wrong set-up is tried again after five minutes', async ({ page, openShop, account, errors }) => {
  await stopClock(page)
  await account.revokesKey(true)
  await openShop()
  await page.evaluate(trackAll, ['A'])
  await passTimeUntil(page, () => errors.length, 1)
  errors.pop()
  await account.revokesKey(false)
  await passTimeUntilRefused(page, account)
  await page.clock.fastForward(5 * 60_000 + 1000)
  await passTimeUntil(page, account.events, ['A'])
})

test('a redirect counts as a wrong set-up, not as a delivery', async ({ openShop, account, errors }) => {
  await account.answersWith({ status: 301 })
  const page = await openShop()
  await page.evaluate(trackAll, ['A'])
  await expect
    .poll(() => errors.pop())
    .toMatch(/redirects.*set `endpoint` to the URL that takes the messages itself/)
  expect(await page.evaluate(() => window.plugin.stats().delivered)).toBe(0)
})

test('a refused message is dropped with the endpoint’s reason, and the next one is delivered', async ({
  openShop,
  account,
  errors,
}) => {
  await account.answersWith({ status: 400 })
  const page = await openShop()
  const outcome = await page.evaluate(
    async ({ apiKey, endpoint }) => {
      const dropped: unknown[] = []
      const emitted: unknown[] = []
      const delivered: string[] = []
      const plugin = window.userEngage({
        apiKey,
        endpoint,
        onDropped: (message, drop) => void dropped.push({ event: message.event, ...drop }),
        onDelivered: (message) => void delivered.push(String(message.event)),
      })
      await window.analytics.deregister?.('UserEngage')
      await window.analytics.register?.(plugin)
      window.analytics.on?.('error', ({ code, reason, message }: Record<string, Record<string, unknown>>) =>
        emitted.push({ code, reason, event: message?.event }),
      )
      await window.analytics.track('Poison')
      await window.analytics.track('Next')
      await plugin.flush()
      return { dropped, emitted, delivered, stats: plugin.stats() }
    },
    { apiKey: account.apiKey, endpoint: account.endpoint },
  )
  expect(outcome).toEqual({
    dropped: [
      { event: 'Poison', reason: 'refused', status: 400, serverMessage: 'A fault of the sandbox: 400.' },
    ],
    emitted: [{ code: 'delivery_failure', reason: 'refused', event: 'Poison' }],
    delivered: ['Next'],
    stats: { queued: 0, inFlight: 0, delivered: 1, retried: 0, dropped: { refused: 1 } },
  })
  expect(errors.pop()).toMatch(
    /dropped track .*: refused by the endpoint with 400, "A fault of the sandbox: 400."/,
  )
})

test('messages wait while the browser is offline, and flush resolves to false', async ({
  openShop,
  account,
  context,
}) => {
  const page = await openShop()
  await context.setOffline(true)
  await page.evaluate(trackAll, ['A', 'B'])
  expect(await page.evaluate(() => window.plugin.flush())).toBe(false)
  expect(await account.messages()).toEqual([])
  await context.setOffline(false)
  await expect.poll(account.events).toEqual(['A', 'B'])
})

test('a message in flight arrives although the visitor leaves the page', async ({
  openShop,
  account,
  site,
}) => {
  const page = await openShop()
  await account.answersWith({ delayMs: 300 })
  await page.evaluate(async () => {
    await window.analytics.track('Leaving')
    while (window.plugin.stats().inFlight === 0) await new Promise((resolve) => setTimeout(resolve))
  })
  await page.goto(site.put('<h1>The next page</h1>'))
  await expect.poll(account.events).toEqual(['Leaving'])
})

test('a callback that throws does not disturb the delivery', async ({ openShop, account, errors }) => {
  const page = await openShop()
  await page.evaluate(
    async ({ apiKey, endpoint }) => {
      const onDelivered = (): never => {
        throw new Error('the site’s own bug')
      }
      const plugin = window.userEngage({ apiKey, endpoint, onDelivered })
      await window.analytics.deregister?.('UserEngage')
      await window.analytics.register?.(plugin)
      for (const event of ['A', 'B']) await window.analytics.track(event)
      await plugin.flush()
    },
    { apiKey: account.apiKey, endpoint: account.endpoint },
  )
  expect(await account.events()).toEqual(['A', 'B'])
  expect(errors.pop()).toMatch(/onDelivered threw/)
})

for (const status of [401, 403, 404, 405]) {
  test(`after a ${status} the queue waits, at exit too, until a later page finds the set-up right`, async ({
    page,
    shop,
    account,
    errors,
  }) => {
    const url = shop()
    await enter(page, url)
    await account.answersWith({ status, times: 100 })
    await page.evaluate(trackAll, ['A', 'B', 'C'])
    await expect
      .poll(() => errors.splice(0).join())
      .toMatch(new RegExp(`answered ${status}.*No message is lost`))
    await page.goto('about:blank')
    // A firewall may answer 403 to the text of one message, so a second one is tried.
    const tried = status === 403 ? ['A', 'B'] : ['A']
    expect((await account.messages()).map(({ body }) => body.event)).toEqual(tried)
    await account.answersWith()
    await enter(page, url)
    await expect.poll(account.events).toEqual(['A', 'B', 'C'])
  })
}

test('400, 413, 422 and 501 each drop one message, and the next one is delivered', async ({
  openShop,
  account,
  errors,
}) => {
  const statuses = [400, 413, 422, 501]
  await account.answersWith(...statuses.map((status) => ({ status })))
  const page = await openShop()
  await page.evaluate(trackAll, ['P1', 'P2', 'P3', 'P4', 'Next'])
  await expect.poll(account.events).toEqual(['Next'])
  expect(await account.messages()).toHaveLength(5)
  expect(await page.evaluate(() => window.plugin.stats().dropped)).toEqual({ refused: 4 })
  expect(errors.splice(0)).toEqual(
    statuses.map((status) =>
      expect.stringMatching(`refused by the endpoint with ${status}, "A fault of the sandbox: ${status}."`),
    ),
  )
})
