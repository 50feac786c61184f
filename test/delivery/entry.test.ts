import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  entryKey,
  isIdentity,
  keyParts,
  lifeName,
  lifePrefix,
  prefixOf,
  queueName,
  readStored,
} from '../../lib/delivery/entry.ts'
import type { MessageType } from '../../protocol/message.ts'
import { message } from '../support/message.ts'

const now = Date.UTC(2026, 0, 1)
const types: MessageType[] = ['identify', 'page', 'track', 'group']
const queue = queueName('https://ue.example/', 'k')
const prefix = lifePrefix(queue, lifeName(now, 0.5))
const key = entryKey(prefix, { sequence: 7, expires: now, type: 'track' })

for (const [endpoint, apiKey] of [
  ['https://ue.example/', 'k'],
  ['http://localhost:4400/api/segment/', 'a:b:c'],
  ['https://ue.example/%3A?q=a%20b', '%3A:%25'],
  ['https://ue.example/', '🦊🦊'],
  ['https://ue.example/', '\ud800'],
  ['https://ue.example/ł?a#b', 'key with "quotes"\n\t\0'],
  ['https://ue.example/', '__proto__'],
  ['https://ue.example/', '\uffff'],
] as const) {
  test(`the key of a message for ${JSON.stringify(apiKey)} at ${endpoint} tells what was put in`, () => {
    const queue = queueName(endpoint, apiKey)
    const prefix = lifePrefix(queue, lifeName(now, 0.123))
    for (const type of types) {
      const parts = { sequence: 35, expires: now + 1, type }
      const key = entryKey(prefix, parts)
      assert.deepEqual(keyParts(key), { queue, ...parts })
      assert.deepEqual([prefixOf(key), prefixOf(prefix)], [prefix, prefix])
      assert.ok(key.startsWith(`${queue}:`))
    }
  })
}

test('queues of other endpoints or keys have other names, and none is the beginning of another', () => {
  const names = [
    ['https://a/', 'k'],
    ['https://a/', 'k2'],
    ['https://a/', 'k:2'],
    ['https://a/', 'k%3A2'],
    ['https://a', '/:k'],
    ['https://a/:k', ''],
    ['https://a/', ':k'],
  ].map(([endpoint = '', apiKey = '']) => `${queueName(endpoint, apiKey)}:`)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) {
    assert.deepEqual(
      names.filter((other) => other.startsWith(name)),
      [name],
    )
  }
})

test('keys sort by the start of the life, then by the place of the call', () => {
  const keys = [now, now + 1, now + 36 ** 3, Date.UTC(2059, 0, 1)].flatMap((start) =>
    [0, 1, 9, 10, 35, 36, 1295, 1296, 10_000_000].map((sequence, index) =>
      entryKey(lifePrefix(queue, lifeName(start, 0.999 / (index + 1))), {
        ...{ sequence, expires: now - sequence, type: types[index % 4] ?? 'page' },
      }),
    ),
  )
  // Keys of one start are of one life only if chance is the same.
  const oneLife = keys.map((key) => key.replace(/-[0-9a-z]*:/, '-x:'))
  assert.deepEqual([...oneLife].sort(), oneLife)
})

test('lives that begin at the same moment have names of their own', () => {
  assert.notEqual(lifeName(now, 0.25), lifeName(now, 0.75))
  assert.match(lifeName(now, 0), /^[0-9a-z]{9}-$/)
  assert.match(lifeName(now + 0.4, 0.123456789), /^[0-9a-z]{9}-[0-9a-z]{8}$/)
})

for (const key of [
  '',
  'ajs_user_id',
  'userengage:wait:x',
  'userengage:2:e:k:life:000000:0zzzzzzzz:track',
  prefix,
  `${prefix}000000`,
  `${prefix}000000:0zzzzzzzz`,
  `${prefix}000000:0zzzzzzzz:screen`,
  `${prefix}000000:0zzzzzzzz:track:`,
  `${prefix}?:0zzzzzzzz:track`,
  `${prefix}000000:?:track`,
  `${queue}::000000:0zzzzzzzz:track`,
]) {
  test(`${JSON.stringify(key)} is no key of a message`, () => assert.equal(keyParts(key), undefined))
}

for (const [type, is] of [
  ['identify', true],
  ['group', true],
  ['track', false],
  ['page', false],
] as const) {
  test(`a message of ${type} is ${is ? 'one' : 'none'} that says who somebody is`, () => {
    assert.equal(isIdentity(entryKey(prefix, { sequence: 0, expires: now, type })), is)
  })
}

test('an endpoint or key that looks like a type makes no identity', () => {
  const prefix = lifePrefix(queueName('https://ue.example/:identify', ':group'), 'identify')
  assert.equal(isIdentity(entryKey(prefix, { sequence: 0, expires: now, type: 'track' })), false)
})

test('what was stored is read as it was', () => {
  const hostile = { ...message('a\ud800🦊'), properties: { __proto__: null, 'a:b': [null, 1, '<html>'] } }
  assert.deepEqual(readStored(key, JSON.stringify(hostile)), JSON.parse(JSON.stringify(hostile)))
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
  JSON.stringify({ ...message('a'), messageId: 7 }),
  JSON.stringify({ ...message('a'), timestamp: null }),
  JSON.stringify({ ...message('a'), context: undefined }),
  JSON.stringify({ ...message('a'), context: null }),
  JSON.stringify({ ...message('a'), context: 'text' }),
]) {
  test(`${text || 'nothing'} is no stored message`, () => assert.equal(readStored(key, text), undefined))
}
