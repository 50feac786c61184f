import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../protocol/message.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'

const table: [what: string, given: JsonObject, expected: JsonObject][] = [
  [
    'every part moves',
    { city: 'A', country: 'B', region: 'C', state: 'D' },
    { address: { city: 'A', country: 'B', region: 'C', state: 'D' } },
  ],
  [
    'a part inside is matched in any casing',
    { address: { CITY: 'A', 'Coun-try': 'B' } },
    { address: { city: 'A', country: 'B' } },
  ],
  [
    'a top-level region comes before the state inside',
    { region: 'R', address: { state: 'S' } },
    { address: { state: 'S', region: 'R' } },
  ],
  [
    'a state inside comes before a top-level one',
    { state: 'T', address: { state: 'S' } },
    { address: { state: 'S', region: 'S' } },
  ],
  [
    'a region of null is not absent',
    { address: { region: null, state: 'S' } },
    { address: { region: null, state: 'S' } },
  ],
  ['a top-level null moves, too', { city: null }, { address: { city: null } }],
  ['a text in another casing is the street', { Address: 'Main St 1' }, { address: { street: 'Main St 1' } }],
  [
    'zip and street beside the address stay',
    { zip: '1', street: 's', city: 'A' },
    { zip: '1', street: 's', address: { city: 'A' } },
  ],
]

for (const [what, given, expected] of table) {
  test(`address: ${what}`, () => {
    if (given.address) Object.freeze(given.address)
    assert.deepEqual(userTraits(Object.freeze(given)), expected)
  })
}
