import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  entryKey,
  expendable,
  isIdentity,
  keyParts,
  leaseName,
  leaseOf,
  queueName,
  queuePrefix,
} from '../../lib/delivery/entry-key.ts'
import type { MessageType } from '../../protocol/message.ts'

const now = Date.UTC(2026, 0, 1)
const types: MessageType[] = ['identify', 'page', 'track', 'group']
const queue = queueName('https://ue.example/', 'k')
const lease = leaseName(queue, now, 0.5)

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
  test(`the key of a message for ${JSON.stringify(apiKey)} at ${endpoint} gives back its parts`, () => {
    const queue = queueName(endpoint, apiKey)
    const lease = leaseName(queue, now, 0.123)
    for (const type of types) {
      const parts = { sequence: 35, expires: now + 1, type }
      const key = entryKey(lease, parts)
      assert.deepEqual(keyParts(key), { queue, ...parts })
      assert.deepEqual([leaseOf(key), leaseOf(lease)], [lease, lease])
      assert.equal(key.startsWith(queuePrefix(queue)), true)
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
  ].map(([endpoint = '', apiKey = '']) => queuePrefix(queueName(endpoint, apiKey)))
  assert.equal(new Set(names).size, names.length)
  for (const name of names) {
    assert.deepEqual(
      names.filter((other) => other.startsWith(name)),
      [name],
    )
  }
})

test('keys sort by the start of the lease, then by the order of its calls', () => {
  const keys = [now, now + 1, now + 36 ** 3, Date.UTC(2059, 0, 1)].flatMap((start) =>
    [0, 1, 9, 10, 35, 36, 1295, 1296, 10_000_000].map((sequence, index) =>
      entryKey(leaseName(queue, start, 0.999 / (index + 1)), {
        ...{ sequence, expires: now - sequence, type: types[index % 4] ?? 'page' },
      }),
    ),
  )
  // Keys of one start are of one lease only if chance is the same.
  const oneLease = keys.map((key) => key.replace(/-[0-9a-z]*:/, '-x:'))
  assert.deepEqual([...oneLease].sort(), oneLease)
})

test('leases that begin at the same moment have names of their own', () => {
  assert.notEqual(leaseName(queue, now, 0.25), leaseName(queue, now, 0.75))
  assert.match(leaseName('q', now, 0), /^q:[0-9a-z]{9}-:$/)
  assert.match(leaseName('q', now + 0.4, 0.123456789), /^q:[0-9a-z]{9}-[0-9a-z]{8}:$/)
})

for (const key of [
  '',
  'ajs_user_id',
  'userengage:wait:x',
  'userengage:exits:1:e:k:lease:000000:0zzzzzzzz:track',
  'userengage:2:e:k:lease:000000:0zzzzzzzz:track',
  lease,
  `${lease}000000`,
  `${lease}000000:0zzzzzzzz`,
  `${lease}000000:0zzzzzzzz:screen`,
  `${lease}000000:0zzzzzzzz:track:`,
  `${lease}?:0zzzzzzzz:track`,
  `${lease}000000:?:track`,
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
  test(`a ${type} call ${is ? 'says' : 'does not say'} who somebody is`, () =>
    assert.equal(isIdentity(entryKey(lease, { sequence: 0, expires: now, type })), is))
}

test('an endpoint or API key that looks like a type makes no identity', () => {
  const lease = leaseName(queueName('https://ue.example/:identify', ':group'), now, 0)
  assert.equal(isIdentity(entryKey(lease, { sequence: 0, expires: now, type: 'track' })), false)
})

for (const [calls, count, ids] of [
  ['track@5 page@3 track@4', 0, []],
  ['track@5 page@3 track@4', 2, [1, 2]],
  ['identify@1 track@5 group@2 page@3', 1, [3]],
  ['identify@1 track@5 group@2 page@3', 3, [3, 1, 0]],
  ['identify@2 group@1', 9, [1, 0]],
] as const) {
  test(`of ${calls} the first ${count} to drop are ${ids.join() || 'none'}`, () => {
    const keys = calls.split(' ').map((call, sequence) => {
      const [type, expires] = call.split('@')
      return entryKey(lease, { sequence, expires: now + Number(expires), type: type as MessageType })
    })
    assert.deepEqual(
      expendable(keys, count),
      ids.map((id) => keys[id]),
    )
  })
}
