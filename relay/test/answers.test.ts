import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayTo, said, token } from './support/relay.ts'
import { type Said, startVendor } from './support/vendor.ts'

const retryAfter = (response: Response): number => Number(response.headers.get('retry-after') ?? Number.NaN)

for (const [what, answer, status, words] of [
  ['400 that names nothing', [400, { detail: 'No.' }], 400, /User.com refused the message: No\./],
  ['422', [422, { errors: 'Too odd' }], 400, /Too odd/],
  ['500', [500, 'oops'], 503, /answered 500/],
  ['502 in HTML', [502, '<h1>Bad Gateway</h1>'], 503, /answered 502/],
  ['408', [408], 503, /answered 408/],
  ['200 in HTML', [200, '<h1>We will be back soon</h1>'], 503, /something else than JSON/],
  ['a cut connection', 'cut', 503, /did not answer/],
  ['401', [401, { detail: 'Invalid token.' }], 503, /own set-up/],
  ['403', [403, { detail: 'Read only.' }], 503, /own set-up/],
  ['405', [405], 503, /own set-up/],
  ['a redirect', [301, undefined, { location: 'https://elsewhere.example/' }], 503, /own set-up/],
] as [string, Said, number, RegExp][]) {
  test(`User.com answers ${what}: the page is told ${status}`, async () => {
    const vendor = await startVendor(() => answer)
    const { send, results } = relayTo(vendor.url)
    const response = await send()
    assert.equal(response.status, status)
    assert.match(await said(response), words)
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://shop.example')
    assert.equal(vendor.got.length, 1, 'the relay itself repeats nothing')
    assert.equal(results[0]?.status, status)
  })
}

test('a vendor that hangs costs half of the message’s time, and the page waits', async () => {
  const vendor = await startVendor(() => 'hang')
  const began = Date.now()
  const response = await relayTo(vendor.url, { timeoutMs: 300 }).send()
  assert.equal(response.status, 503)
  assert.ok(Date.now() - began < 2000)
})

test('a vendor that stalls in the middle of its answer does not hold the message', async () => {
  const vendor = await startVendor((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"id":')
    return 'hang'
  })
  assert.equal((await relayTo(vendor.url, { timeoutMs: 300 }).send()).status, 503)
})

test('200 without the id that is needed is no success', async () => {
  const vendor = await startVendor(({ path }) =>
    path.startsWith('users/') ? [200, { ok: true }] : undefined,
  )
  const { send } = relayTo(vendor.url)
  assert.equal((await send({ type: 'identify' })).status, 503)
})

test('429: the page gets at least the vendor’s Retry-After, jittered, and nobody asks until then', async () => {
  const vendor = await startVendor(() => [429, { detail: 'Slow down.' }, { 'retry-after': '20' }])
  const { send, relay } = relayTo(vendor.url)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, user) => send({ userId: `u${user}` })))
  for (const response of answers) {
    assert.equal(response.status, 429)
    assert.ok(retryAfter(response) >= 20 && retryAfter(response) <= 41, String(retryAfter(response)))
  }
  assert.ok(new Set(answers.map(retryAfter)).size > 3, 'jitter')
  assert.ok(vendor.got.length <= 6, `only the calls that were under way: ${vendor.got.length}`)
  assert.ok(relay.stats().pausedMs > 18_000)
  vendor.clear()
  assert.equal((await send()).status, 429)
  assert.equal(vendor.got.length, 0)
})

test('503 with Retry-After pauses too; the page is told', async () => {
  const vendor = await startVendor(() => [503, {}, { 'retry-after': '7' }])
  const { send } = relayTo(vendor.url)
  const response = await send()
  assert.equal(response.status, 503)
  assert.ok(retryAfter(response) >= 7)
  assert.equal((await send()).status, 429)
  assert.equal(vendor.got.length, 1)
})

test('a pause without Retry-After is a second, however many calls were under way; then twice as long', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const under: (() => void)[] = []
  const vendor = await startVendor(() => new Promise((resolve) => under.push(() => resolve([429]))))
  const { send, relay } = relayTo(vendor.url)
  const round = async (calls: number): Promise<number> => {
    const sent = Array.from({ length: calls }, (_, user) => send({ userId: `u${user}` }))
    while (under.length < calls) await new Promise(setImmediate)
    for (const answer of under.splice(0)) answer()
    await Promise.all(sent)
    return relay.stats().pausedMs
  }
  assert.equal(await round(6), 1000)
  t.mock.timers.tick(1001)
  assert.equal(await round(6), 2000)
})

test('any whole number of milliseconds is a time, an odd one too', async () => {
  const vendor = await startVendor()
  assert.equal((await relayTo(vendor.url, { timeoutMs: 8001 }).send()).status, 200)
})

test('what User.com says about a wrong set-up is told, but not without end', async (t) => {
  const logged: unknown[] = []
  t.mock.method(console, 'error', (words: unknown) => logged.push(words))
  let request = 0
  const vendor = await startVendor(() => [403, { detail: `No. Request ${request++}` }])
  const { send } = relayTo(vendor.url)
  for (let n = 0; n < 50; n++) await send()
  assert.ok(logged.length >= 1 && logged.length <= 20, String(logged.length))
})

test('health comes back by itself: a balancer that sends nothing to an ill relay would never see it well', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const vendor = await startVendor(() => [403])
  const { send, get } = relayTo(vendor.url)
  await send()
  t.mock.timers.tick(299_000)
  assert.equal((await get()).status, 503)
  t.mock.timers.tick(2000)
  assert.equal((await get()).status, 200)
})

test('after a set-up error health is 503, and says no secret; a call that succeeds ends it', async () => {
  let status = 401
  const vendor = await startVendor(() =>
    status === 401 ? [401, { detail: `Invalid token ${token}` }] : undefined,
  )
  const { send, get } = relayTo(vendor.url)
  assert.equal((await get()).status, 200)
  const refused = await send()
  assert.ok(retryAfter(refused) >= 300)
  const ill = await get()
  assert.equal(ill.status, 503)
  assert.doesNotMatch((await ill.text()) + (await refused.text()), new RegExp(token))
  status = 200
  assert.equal((await send()).status, 200)
  assert.equal((await get()).status, 200)
})

test('a value that User.com’s 400 names costs that value, not the message', async () => {
  const odd = ['phone_number', 'city', 'plan']
  const vendor = await startVendor(({ body, path }) => {
    const named = path.startsWith('attributes') ? undefined : odd.find((name) => name in body)
    return named
      ? [400, named === 'city' ? { errors: { city: ['Too long.'] } } : { [named]: ['Odd.'] }]
      : undefined
  })
  const { send, results } = relayTo(vendor.url)
  const traits = { phone: '123', city: 'x', plan: 'pro', email: 'a@b.example' }
  assert.equal((await send({ type: 'identify', traits })).status, 200)
  assert.deepEqual(vendor.got.at(-1)?.body, { custom_id: 'ann', status: 2, email: 'a@b.example' })
  assert.deepEqual(
    results[0]?.omitted.map(({ name }) => name),
    odd,
  )
})

test('a 400 that names new fields for ever is given up after five times', async () => {
  const vendor = await startVendor(({ body, path }) => {
    const [name] = Object.keys(body).filter((field) => /^t\d/.test(field))
    return name && !path.startsWith('attributes') ? [400, { [name]: ['Odd.'] }] : undefined
  })
  const traits = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`t${n}`, 'x']))
  const { send } = relayTo(vendor.url, { concurrency: 20 })
  assert.equal((await send({ type: 'identify', traits })).status, 400)
  assert.equal(vendor.bodies('users/update_or_create/').length, 6)
})

test('a 400 about what the call cannot do without is the page’s', async () => {
  const vendor = await startVendor(() => [400, { custom_id: ['In use.'] }])
  const response = await relayTo(vendor.url).send({ type: 'identify' })
  assert.equal(response.status, 400)
  assert.match(await said(response), /custom_id: In use\./)
})
