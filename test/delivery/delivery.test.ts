import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDelivery, type DeliveryEvents } from '../../lib/delivery/delivery.ts'
import { createMemoryOutbox } from '../../lib/delivery/memory-outbox.ts'
import type { Answer, Progress } from '../../lib/delivery/ports.ts'
import type { Message } from '../../lib/message.ts'

const message = (messageId: string) => ({ messageId }) as Message

/** A delivery whose sender does as the script says, one step for each time it is asked. */
function scripted(...script: ((progress: Progress) => Answer | Promise<Answer>)[]) {
  const told: string[] = []
  const events: DeliveryEvents = {
    delivered: ({ messageId }) => void told.push(`delivered ${messageId}`),
    dropped: ({ messageId }, { reason, status }) =>
      void told.push(`dropped ${messageId} ${reason} ${status}`),
    retrying: ({ messageId }, waitMs) => void told.push(`retrying ${messageId} in ${waitMs}`),
    misconfigured: ({ status }, waiting) => void told.push(`misconfigured ${status}, ${waiting} waiting`),
  }
  const untilAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())))
  const delivery = createDelivery(
    {
      outbox: createMemoryOutbox(),
      prepare: async (given) => given,
      send: async ({ messageId }, progress) => {
        progress.attempting()
        told.push(`sent ${messageId}`)
        return (script.shift() ?? (() => delivered))(progress)
      },
      pause: (_, signal) => untilAborted(signal),
      online: (signal) => untilAborted(signal),
    },
    events,
  )
  return { ...delivery, told }
}

const delivered: Answer = { kind: 'delivered' }
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('messages are sent one after the other, in the order in which they were taken', async () => {
  const { take, flush, told } = scripted()
  for (const id of ['a', 'b']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a refused message is dropped with its status, and those behind it flow', async () => {
  const { take, flush, told, stats } = scripted(() => ({ kind: 'refused', status: 400 }))
  for (const id of ['a', 'b']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'dropped a refused 400', 'sent b', 'delivered b'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 1, retried: 0, dropped: { refused: 1 } })
})

test('a wrong set-up drops nothing; flush ends the pause', async () => {
  const { take, flush, told, stats } = scripted(() => ({ kind: 'misconfigured', status: 403 }))
  for (const id of ['a', 'b']) take(message(id))
  assert.equal(await flush(), false)
  assert.deepEqual(told, ['sent a', 'misconfigured 403, 2 waiting'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
  assert.equal(await flush(), true)
  assert.deepEqual(told.slice(2), ['sent a', 'delivered a', 'sent b', 'delivered b'])
  assert.equal(stats().retried, 1)
})

test('flush is false when the attempt has failed and is to be made again', async () => {
  const { take, flush, told } = scripted(({ retrying, attempting }) => {
    retrying(500)
    attempting()
    return delivered
  })
  take(message('a'))
  assert.equal(await flush(), false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'retrying a in 500', 'delivered a'])
})

test('flush does not touch a request that is in flight', async () => {
  let answer = (_: Answer): void => {}
  let signal: AbortSignal | undefined
  const { take, flush, stats } = scripted((progress) => {
    signal = progress.signal
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  take(message('a'))
  await settled()
  assert.deepEqual(stats(), { queued: 0, inFlight: 1, delivered: 0, retried: 0, dropped: {} })
  const flushed = flush()
  assert.equal(signal?.aborted, false)
  answer(delivered)
  assert.equal(await flushed, true)
})

test('flush waits for what was taken before it, not for what comes later', async () => {
  const { take, flush, told } = scripted(
    () => delivered,
    () => new Promise(() => {}),
  )
  take(message('a'))
  const flushed = flush()
  take(message('b'))
  assert.equal(await flushed, true)
  assert.equal(told.includes('delivered b'), false)
})

test('offline ends a flush, and a message is sent again when the wait is over', async () => {
  const { take, flush, told } = scripted(() => ({ kind: 'interrupted' }))
  take(message('a'))
  assert.equal(await flush(), false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'sent a', 'delivered a'])
})

test('with nothing to deliver, flush is true at once', async () =>
  assert.equal(await scripted().flush(), true))

test('what is prepared is what is sent and told; what the endpoint said comes with a drop', async () => {
  const told: unknown[] = []
  const { take, flush } = createDelivery(
    {
      outbox: createMemoryOutbox(),
      prepare: async (given) => ({ ...given, locale: 'pl' }) as Message,
      send: async (given) => {
        told.push(given)
        return { kind: 'refused', status: 422, serverMessage: 'no email' }
      },
      pause: async () => {},
      online: async () => {},
    },
    {
      delivered: () => assert.fail('it was refused'),
      dropped: (given, drop) => void told.push(given, drop),
      retrying() {},
      misconfigured() {},
    },
  )
  take(message('a'))
  assert.equal(await flush(), true)
  const prepared = { messageId: 'a', locale: 'pl' }
  assert.deepEqual(told, [prepared, prepared, { reason: 'refused', status: 422, serverMessage: 'no email' }])
})

test('a message that cannot go holds back those behind it', async () => {
  const { take, told, stats } = scripted(() => new Promise(() => {}))
  for (const id of ['a', 'b', 'c']) take(message(id))
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 1, delivered: 0, retried: 0, dropped: {} })
})

test('what is taken after the outbox was empty is delivered, too', async () => {
  const { take, flush, told } = scripted()
  take(message('a'))
  await flush()
  await settled()
  take(message('b'))
  assert.equal(await flush(), true)
  assert.deepEqual(told.slice(2), ['sent b', 'delivered b'])
})

test('attempts beyond the first are counted for each message', async () => {
  const { take, flush, stats } = scripted(
    ({ retrying, attempting }) => {
      for (const waitMs of [1, 2]) {
        retrying(waitMs)
        attempting()
      }
      return delivered
    },
    () => delivered,
  )
  for (const id of ['a', 'b']) take(message(id))
  await flush()
  await settled()
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 2, retried: 2, dropped: {} })
})

test('stats are a copy: what is done to them changes nothing', async () => {
  const { take, flush, stats } = scripted(() => ({ kind: 'refused', status: 400 }))
  take(message('a'))
  await flush()
  stats().dropped.refused = 9
  assert.equal(stats().dropped.refused, 1)
})
