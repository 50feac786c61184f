import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupTraits } from '../../lib/mapping/group-traits.ts'
import type { JsonObject } from '../../lib/message.ts'

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
