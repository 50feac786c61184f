import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Redis } from 'ioredis'
import { redisSpool, redisStore } from '../redis.ts'
import { eventually } from './support/eventually.ts'
import { startRedis, withRedis } from './support/redis.ts'
import { relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const storeOf = (url: string) => {
  const store = redisStore(url)
  after(() => store.close())
  return store
}

test('redisStore keeps texts, and gives a claim to one at a time', withRedis, async () => {
  const redis = await startRedis()
  const [one, two] = [storeOf(redis.url), storeOf(redis.url)]
  assert.equal(await one.get('k'), null)
  await one.set('k', '1', 60)
  assert.equal(await two.get('k'), '1')
  const claims = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? one : two).claim('c', 60)))
  assert.equal(claims.filter(Boolean).length, 1)
  await two.release('c')
  assert.equal(await one.claim('c', 60), true)
  const client = new Redis(redis.url)
  assert.ok((await client.ttl('k')) > 50 && (await client.ttl('c')) > 50)
  const ofClient = redisStore(client)
  assert.equal(await ofClient.get('k'), '1')
  await ofClient.close()
  client.disconnect()
})

test(
  'two instances with one Redis apply a message once, 100 times at the same moment',
  withRedis,
  async () => {
    const redis = await startRedis()
    const vendor = await startVendor()
    const relays = [1, 2].map(() => relayTo(vendor.url, { store: storeOf(redis.url) }))
    const answers = await Promise.all(
      relays.flatMap(({ send }) => Array.from({ length: 50 }, () => send({ messageId: 'm1' }))),
    )
    assert.equal(vendor.calls().length, 1)
    assert.ok(answers.every(({ status, headers }) => status === 200 || headers.has('retry-after')))
    for (const { send } of relays) assert.equal((await send({ messageId: 'm1' })).status, 200)
    assert.equal(vendor.calls().length, 1)
  },
)

test(
  'a Redis that is away makes the page wait, for seconds only; when it is back, all goes on',
  withRedis,
  async () => {
    const redis = await startRedis()
    const vendor = await startVendor()
    const { send } = relayTo(vendor.url, { store: storeOf(redis.url) })
    assert.equal((await send()).status, 200)
    await redis.stop()
    assert.equal((await send()).status, 503)
    assert.equal(vendor.calls().length, 1)
    await redis.restart()
    await eventually('a message is taken again', async () => (await send()).status === 200)
  },
)

test(
  'what User.com cannot take now is spooled: 202, and delivered later, in order for each user',
  withRedis,
  async () => {
    const redis = await startRedis()
    let isDown = true
    const vendor = await startVendor(() => (isDown ? [503] : undefined))
    const { send, results, relay } = relayTo(vendor.url, {
      store: storeOf(redis.url),
      spool: redisSpool(redis.url),
    })
    const names = ['e1', 'e2', 'e3', 'e4']
    for (const event of names) {
      for (const userId of ['ann', 'bob']) assert.equal((await send({ event, userId })).status, 202)
    }
    isDown = false
    // Behind those that wait, though User.com is well again.
    assert.ok([200, 202].includes((await send({ event: 'e5', userId: 'ann' })).status))
    await eventually('all are delivered', () => relay.stats().delivered === 9)
    for (const [userId, expected] of [
      ['ann', [...names, 'e5']],
      ['bob', names],
    ] as const) {
      const taken = vendor.got.filter(({ path, body }) => path.includes(userId) && body)
      const delivered = taken.slice(-expected.length).map(({ body }) => body.name)
      assert.deepEqual(delivered, expected)
    }
    assert.equal(results.filter(({ outcome }) => outcome === 'spooled').length >= 8, true)
    // The line is empty: messages go straight again.
    await eventually('a message goes straight', async () => (await send({ userId: 'ann' })).status === 200)
  },
)

test(
  'a message that comes while its user’s line is being delivered is delivered too',
  withRedis,
  async () => {
    const redis = await startRedis()
    let isDown = true
    const vendor = await startVendor(() => (isDown ? [503] : undefined))
    const { send, relay } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
    await send({ event: 'first' })
    isDown = false
    const sent: Promise<Response>[] = []
    vendor.rule(() => {
      if (sent.length < 10) sent.push(send({ event: `during ${sent.length}` }))
      return undefined
    })
    await eventually('all are delivered', () => relay.stats().delivered === 11)
  },
)

test('a repeat of what is spooled, and of what was, is delivered once', withRedis, async () => {
  const redis = await startRedis()
  let isDown = true
  const vendor = await startVendor(() => (isDown ? [503] : undefined))
  const { send, relay } = relayTo(vendor.url, { store: storeOf(redis.url), spool: redisSpool(redis.url) })
  for (let n = 0; n < 3; n++) assert.equal((await send({ messageId: 'm1' })).status, 202)
  isDown = false
  vendor.clear()
  await eventually('it is delivered, and its repeats are seen', () => {
    const { delivered, repeated } = relay.stats()
    return delivered === 1 && repeated === 2
  })
  assert.equal((await send({ messageId: 'm1' })).status, 200)
  assert.equal(vendor.calls().length, 1)
})

test(
  'order holds where a visitor becomes a user: what shares either id waits behind what waits',
  withRedis,
  async () => {
    const redis = await startRedis()
    let isDown = true
    const vendor = await startVendor(({ path }) => (isDown && path.includes('visitor') ? [503] : undefined))
    const { send } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
    const anonymousId = 'visitor'
    const statuses = [
      await send({ userId: undefined, anonymousId, event: 'first' }),
      await send({ userId: 'ann', event: 'of a server' }),
      await send({ userId: 'ann', anonymousId, event: 'second' }),
      await send({ userId: 'ann', event: 'third' }),
      await send({ userId: 'bob', event: 'of another' }),
    ].map(({ status }) => status)
    assert.deepEqual(statuses, [202, 200, 202, 202, 200])
    isDown = false
    vendor.clear()
    await eventually('all are delivered', () => vendor.got.length === 3)
    assert.deepEqual(
      vendor.got.map(({ body }) => body.name),
      ['first', 'second', 'third'],
    )
    await eventually('no line is left', async () => (await send({ userId: 'ann' })).status === 200)
  },
)

test(
  'a Redis that does not answer for a while in the middle of a line: the line is delivered',
  withRedis,
  async () => {
    const redis = await startRedis()
    let isDown = true
    const vendor = await startVendor(() => (isDown ? [503] : undefined))
    const { send } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
    const events = ['e1', 'e2', 'e3']
    for (const event of events) assert.equal((await send({ event })).status, 202)
    const client = new Redis(redis.url)
    vendor.rule(async () => {
      // Longer than a command may take.
      if (vendor.got.length === 1) await client.call('CLIENT', 'PAUSE', '2500', 'ALL')
      return undefined
    })
    isDown = false
    vendor.clear()
    await eventually('all are delivered', () => vendor.got.length >= 3)
    assert.deepEqual(
      vendor.got.map(({ body }) => body.name),
      events,
    )
    client.disconnect()
  },
)

test('a refused message does not hold up those behind it', withRedis, async () => {
  const redis = await startRedis()
  let isDown = true
  const vendor = await startVendor(({ body }) => (isDown ? [503] : body.name === 'bad' ? [400] : undefined))
  const { send, relay } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
  for (const event of ['bad', 'good']) await send({ event })
  isDown = false
  await eventually('both are settled', () => relay.stats().refused === 1 && relay.stats().delivered === 1)
})

test('what waited for a week is given up, and told', withRedis, async () => {
  const redis = await startRedis()
  let isDown = true
  const vendor = await startVendor(() => (isDown ? [503] : undefined))
  const { send, results } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
  await send({ messageId: 'old' })
  const client = new Redis(redis.url)
  const [line = ''] = await client.keys('userengage-relay:*:waiting:*')
  const entry = JSON.parse((await client.lindex(line, 0)) ?? '')
  assert.ok(Date.now() - entry.since < 60_000)
  await client.lset(line, 0, JSON.stringify({ ...entry, since: entry.since - 7.1 * 86_400_000 }))
  client.disconnect()
  await eventually('it is told', () => results.some(({ outcome }) => outcome === 'expired'))
  assert.equal(results.find(({ outcome }) => outcome === 'expired')?.messageId, 'old')
  isDown = false
  await eventually('others go on', async () => (await send()).status === 200)
})

test('with a Redis that is away nothing is spooled: the page is told to come again', withRedis, async () => {
  const redis = await startRedis()
  const vendor = await startVendor(() => [503])
  const { send } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
  assert.equal((await send()).status, 202)
  await redis.stop()
  assert.equal((await send()).status, 503)
  await redis.restart()
  await eventually('it spools again', async () => (await send()).status === 202)
})

test('close ends with a Redis that is away', withRedis, async () => {
  const redis = await startRedis()
  const vendor = await startVendor()
  const { relay, send } = relayTo(vendor.url, { spool: redisSpool(redis.url) })
  assert.equal((await send()).status, 200)
  await redis.stop()
  await relay.close()
})
