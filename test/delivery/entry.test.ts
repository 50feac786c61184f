import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStored } from '../../lib/delivery/entry.ts'
import { entryKey, leaseName, queueName } from '../../lib/delivery/entry-key.ts'
import { message } from '../support/message.ts'

const now = Date.UTC(2026, 0, 1)
const lease = leaseName(queueName('https://ue.example/', 'k'), now, 0.5)
const key = entryKey(lease, { sequence: 7, expires: now, type: 'track' })

test('a stored message is read as it was', () => {
  const hostile = { ...message('a\ud800🦊'), properties: { __proto__: null, 'a:b': [null, 1, '<html>'] } }
  assert.deepEqual(readStored(key, JSON.stringify(hostile)), JSON.parse(JSON.stringify(hostile)))
})

test('a message whose site gave it a number for an id is read as it was stored', () => {
  const numbered = { ...message('a'), messageId: 7 }
  assert.deepEqual(readStored(key, JSON.stringify(numbered)), numbered)
})

for (const text of [
  '',
  ' ',
  'undefined',
  'null',
  'true',
  '7',
  '"text"',
  '[]',
  '{}',
  '<html></html>',
  '{"type":"track"',
  JSON.stringify(message('a', 'page')),
  JSON.stringify({ ...message('a'), type: undefined }),
  JSON.stringify({ ...message('a'), messageId: undefined }),
  JSON.stringify({ ...message('a'), messageId: null }),
  JSON.stringify({ ...message('a'), messageId: {} }),
  JSON.stringify({ ...message('a'), timestamp: null }),
  JSON.stringify({ ...message('a'), context: undefined }),
  JSON.stringify({ ...message('a'), context: null }),
  JSON.stringify({ ...message('a'), context: 'text' }),
]) {
  test(`${text || 'nothing'} is no stored message`, () => assert.equal(readStored(key, text), undefined))
}
