import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryOutbox } from '../../lib/delivery/memory-outbox.ts'
import type { Message } from '../../lib/message.ts'

const message = (messageId: string) => ({ messageId }) as Message

test('an empty outbox has no first message', () => {
  const outbox = createMemoryOutbox()
  assert.equal(outbox.first(), undefined)
  assert.equal(outbox.size(), 0)
})

test('the first message is the one that has waited longest, until it is removed', () => {
  const outbox = createMemoryOutbox()
  for (const id of ['a', 'b', 'c']) outbox.add(message(id))
  const order: (string | undefined)[] = []
  for (let entry = outbox.first(); entry; entry = outbox.first()) {
    assert.equal(outbox.first(), entry)
    order.push(`${entry.message.messageId} of ${outbox.size()}`)
    outbox.remove(entry)
    outbox.remove(entry)
  }
  assert.deepEqual(order, ['a of 3', 'b of 2', 'c of 1'])
})

test('the same message twice waits twice', () => {
  const outbox = createMemoryOutbox()
  const twice = message('a')
  outbox.add(twice)
  outbox.add(twice)
  assert.equal(outbox.size(), 2)
})
