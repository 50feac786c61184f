import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../protocol/message.ts'
import { groupTraits } from '../../protocol/traits/group-traits.ts'

const table: [what: string, given: JsonObject, expected: JsonObject][] = [
  [
    'any casing',
    { Name: 'Acme', EMAIL: 'a@b.c', Description: 'd' },
    { name: 'Acme', email: 'a@b.c', description: 'd' },
  ],
  ['employeeCount', { employeeCount: 42 }, { employees: 42 }],
  ['employee_count', { employee_count: 42 }, { employees: 42 }],
  ['phoneNumber', { phoneNumber: '+48' }, { phone: '+48' }],
  ['the exact name wins', { employeeCount: 1, employees: 2 }, { employees: 2 }],
  [
    'address is left as given',
    { address: { State: 'CA' }, city: 'A' },
    { address: { State: 'CA' }, city: 'A' },
  ],
  ['a name is not split', { name: 'Acme Inc' }, { name: 'Acme Inc' }],
  ['the rest is custom', { 'total billed': 830 }, { 'total billed': 830 }],
]

for (const [what, given, expected] of table) {
  test(`traits of group: ${what}`, () => assert.deepEqual(groupTraits(given), expected))
}

test('traits of group: the exact name wins even with null, and the given object is not changed', () => {
  const given = Object.freeze({ phoneNumber: '1', phone: null, address: 'Main St 1', City: 'A' })
  assert.deepEqual(groupTraits(given), { phone: null, address: 'Main St 1', City: 'A' })
})

test('traits of group: traits called __proto__ and constructor stay traits', () => {
  assert.equal(
    JSON.stringify(groupTraits(JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'))),
    '{"__proto__":{"a":1},"constructor":2}',
  )
})
