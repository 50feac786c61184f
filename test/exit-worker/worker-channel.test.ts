import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TabMessage } from '../../lib/delivery/tab-message.ts'
import { createWorkerChannel } from '../../lib/exit-worker/worker-channel.ts'

function createWorker() {
  const posted: TabMessage[] = []
  const heard: TabMessage[] = []
  let isClosed = false
  let pagesSeen = 0
  let retryAfterMs = 0
  let say = (_: TabMessage): void => {}
  const worker = createWorkerChannel(
    (onMessage) => {
      say = onMessage
      return {
        post: (message) => void posted.push(message),
        close() {
          isClosed = true
        },
      }
    },
    {
      remainingMs: () => retryAfterMs,
      set(ms) {
        retryAfterMs = ms
      },
    },
    () => void pagesSeen++,
  )
  const channel = worker.open((message) => void heard.push(message))
  return {
    ...worker,
    channel,
    posted,
    heard,
    say: (message: TabMessage) => say(message),
    pagesSeen: () => pagesSeen,
    isClosed: () => isClosed,
  }
}

test('a worker announces what waits and what it leaves, but neither that it has begun nor that it runs', () => {
  const { channel, posted } = createWorker()
  channel.post({ type: 'begun', by: 'w' })
  channel.post({ type: 'running', by: 'w', to: 'p', document: 1 })
  channel.post({ type: 'waiting', by: 'w', leases: ['a'] })
  channel.post({ type: 'left', by: 'w', leases: ['a'], hasSuccessor: false })
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['waiting', 'left'],
  )
})

test('a worker claims what is handed over, and hears nothing of what other tabs leave', () => {
  const { say, leave, heard } = createWorker()
  say({ type: 'left', by: 'p', leases: ['a'], hasSuccessor: false })
  say({ type: 'waiting', by: 'p', leases: ['a'] })
  say({ type: 'yielding', by: 'p', leases: ['a'] })
  assert.deepEqual(heard, [])
  leave(['a'])
  assert.deepEqual(heard, [{ type: 'left', by: '', leases: ['a'], hasSuccessor: false }])
  say({ type: 'cleared', by: 'p' })
  assert.deepEqual(heard.at(-1), { type: 'cleared', by: 'p' })
})

test('a worker makes way for a page that begins, and for one that answers it, but not for one that answers another', () => {
  const { channel, say, pagesSeen } = createWorker()
  channel.post({ type: 'waiting', by: 'w', leases: ['a'] })
  say({ type: 'running', by: 'p', to: 'another', document: 1 })
  assert.equal(pagesSeen(), 0)
  say({ type: 'running', by: 'p', to: 'w', document: 1 })
  say({ type: 'begun', by: 'p' })
  assert.equal(pagesSeen(), 2)
})

test('a worker that makes way leaves also the leases of which it does not have the lock yet', () => {
  const { channel, ask, posted, isClosed } = createWorker()
  channel.post({ type: 'begun', by: 'w' })
  ask(['a', 'b'])
  channel.post({ type: 'yielding', by: 'w', leases: ['a'] })
  assert.deepEqual(posted, [
    { type: 'waiting', by: 'w', leases: ['a', 'b'] },
    { type: 'yielding', by: 'w', leases: ['a', 'b'] },
  ])
  channel.close()
  assert.ok(isClosed())
})

test('a worker passes a Retry-After on: to the pages that are there, and to each that begins', () => {
  const { retryAfter, say, posted } = createWorker()
  say({ type: 'begun', by: 'p' })
  assert.deepEqual(posted, [], 'there is none')
  retryAfter.set(5000)
  say({ type: 'begun', by: 'p' })
  assert.deepEqual(posted, [
    { type: 'retry after', by: '', ms: 5000 },
    { type: 'retry after', by: '', ms: 5000 },
  ])
})
