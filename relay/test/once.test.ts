import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exclusively } from '../delivery/exclusively.ts'
import { memoryStore } from '../delivery/memory-store.ts'
import type { Store } from '../index.ts'
import { messageOf, relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const products = [{ product_id: 'a' }, { product_id: 'b' }]
const order = { type: 'track', event: 'Order Completed', messageId: 'm1', properties: { products } }

test('a messageId is applied once: repeated, and 100 at the same moment', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url)
  for (const type of ['track', 'identify'] as const) {
    vendor.clear()
    const messageId = type
    const answers = await Promise.all(Array.from({ length: 100 }, () => send({ type, messageId })))
    assert.ok(answers.every(({ status }) => status === 200))
    assert.equal((await send({ type, messageId })).status, 200)
    assert.equal(vendor.calls().length, 1, type)
  }
  assert.equal(results.filter(({ outcome }) => outcome === 'delivered').length, 2)
  assert.equal(results.filter(({ outcome }) => outcome === 'repeated').length, 200)
})

test('two instances that share a store apply a message once; the second waits while the first writes it', async () => {
  const vendor = await startVendor()
  const store = memoryStore()
  const [one, two] = [relayTo(vendor.url, { store }), relayTo(vendor.url, { store })]
  const fields = { messageId: 'm1' }
  const answers = await Promise.all(
    [one, two].flatMap(({ send }) => Array.from({ length: 50 }, () => send(fields))),
  )
  assert.equal(vendor.calls().length, 1)
  for (const response of answers) {
    assert.ok(response.status === 200 || (response.status === 503 && response.headers.has('retry-after')))
  }
  assert.equal((await two.send(fields)).status, 200)
  assert.equal(vendor.calls().length, 1)
})

test('an instance that is killed between two calls of a message: another goes on where it stopped', async () => {
  const store = memoryStore()
  let isDown = true
  const vendor = await startVendor(({ path }) => (isDown && path.includes('/b/') ? 'cut' : undefined))
  assert.equal((await relayTo(vendor.url, { store, products: true }).send(order)).status, 503)
  isDown = false
  assert.equal((await relayTo(vendor.url, { store, products: true }).send(order)).status, 200)
  assert.deepEqual(vendor.calls(), [
    'POST users-by-id/ann/events/',
    'POST products-by-id/a/product_event/',
    'POST products-by-id/b/product_event/',
    'POST products-by-id/b/product_event/',
  ])
})

test('a message that was refused or not taken is not seen', async () => {
  let status = 500
  const vendor = await startVendor(() => (status === 200 ? undefined : [status]))
  const { send } = relayTo(vendor.url)
  assert.equal((await send({ messageId: 'm1' })).status, 503)
  status = 400
  assert.equal((await send({ messageId: 'm1' })).status, 400)
  status = 200
  assert.equal((await send({ messageId: 'm1' })).status, 200)
  assert.equal(vendor.got.length, 3)
})

test('with a store that cannot be reached the page waits, and nothing is sent twice', async () => {
  const vendor = await startVendor()
  const rejects = async (): Promise<never> => {
    throw new Error('ECONNREFUSED')
  }
  const store: Store = { get: rejects, set: rejects, claim: rejects, release: rejects }
  const response = await relayTo(vendor.url, { store }).send()
  assert.equal(response.status, 503)
  assert.equal(vendor.got.length, 0)
})

test('a store that fails after the call does not undo it: the answer is 200', async () => {
  const vendor = await startVendor()
  const store = memoryStore()
  const set = async (): Promise<never> => {
    throw new Error('ECONNRESET')
  }
  const release = set
  assert.equal((await relayTo(vendor.url, { store: { ...store, set, release } }).send()).status, 200)
})

test('messages of two accounts that share a store do not meet; ids of any length and text are keys', async () => {
  const [acme, other] = [await startVendor(), await startVendor()]
  const keys: string[] = []
  const memory = memoryStore()
  const store: Store = {
    ...memory,
    set: (key, text, ttl) => {
      keys.push(key)
      return memory.set(key, text, ttl)
    },
  }
  const messageId = `\n${'x'.repeat(10_000)}`
  for (const vendor of [acme, other])
    assert.equal((await relayTo(vendor.url, { store }).send({ messageId })).status, 200)
  assert.equal(acme.calls().length + other.calls().length, 2)
  assert.ok(
    keys.every((key) => /^userengage-relay:[\w.:-]{1,150}$/.test(key)),
    keys[0],
  )
})

test('what memory holds is bounded by 10,000 ids, the oldest goes first', async () => {
  const store = memoryStore()
  for (let id = 0; id <= 10_000; id++) await store.set(`k${id}`, 'done', 60)
  assert.equal(await store.get('k0'), undefined)
  assert.equal(await store.get('k1'), 'done')
})

test('memory keeps a value and a claim for their time', async () => {
  let now = 0
  const store = memoryStore(() => now)
  await store.set('k', 'done', 10)
  assert.equal(await store.claim('c', 10), true)
  now = 9_999
  assert.equal(await store.get('k'), 'done')
  assert.equal(await store.claim('c', 10), false)
  now = 10_001
  assert.equal(await store.get('k'), undefined)
  assert.equal(await store.claim('c', 10), true)
  await store.release('c')
  assert.equal(await store.claim('c', 10), true)
})

test('deliver of a queue’s consumer counts as the same message', async () => {
  const vendor = await startVendor()
  const { relay, send } = relayTo(vendor.url)
  await send({ messageId: 'm1' })
  assert.equal((await relay.deliver(messageOf({ messageId: 'm1' }) as never)).outcome, 'repeated')
})

test('an instance that was away for longer than its claim does not end that of another', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] })
  const store = memoryStore()
  await exclusively(store, 'c', 10, async () => {
    t.mock.timers.tick(10_001)
    assert.equal(await store.claim('c', 10), true, 'another instance begins')
  })
  assert.equal(await store.claim('c', 10), false)
})
