import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../../protocol/message.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'

const table: [what: string, given: JsonObject, expected: JsonObject][] = [
  ['camelCase', { firstName: 'Ada', lastName: 'King' }, { first_name: 'Ada', last_name: 'King' }],
  ['spaces', { 'First Name': 'Ada', 'last-name': 'King' }, { first_name: 'Ada', last_name: 'King' }],
  ['lower and upper case', { firstname: 'Ada', EMAIL: 'a@b.c' }, { first_name: 'Ada', email: 'a@b.c' }],
  ['phoneNumber', { phoneNumber: '+48' }, { phone: '+48' }],
  ['phone_number', { phone_number: '+48' }, { phone: '+48' }],
  ['the exact name wins', { phoneNumber: '1', phone: '2', Phone: '3' }, { phone: '2' }],
  ['the exact name wins with null', { Email: 'a@b.c', email: null }, { email: null }],
  ['of other spellings the first wins', { firstName: 'A', FIRSTNAME: 'B' }, { first_name: 'A' }],
  ['letters of other alphabets count', { éemail: 'x', emaił: 'y' }, { éemail: 'x', emaił: 'y' }],
  [
    'custom traits keep their names',
    { planName: 'pro', zip: '1', avatar: 'u' },
    { planName: 'pro', zip: '1', avatar: 'u' },
  ],
  ['no other guess', { phones: ['1'], id: 'a@b.c' }, { phones: ['1'], id: 'a@b.c' }],

  [
    'name is split at the first space',
    { name: 'Ada King Noel' },
    { first_name: 'Ada', last_name: 'King Noel', name: 'Ada King Noel' },
  ],
  [
    'name in any casing is sent as name',
    { Name: 'Ada King' },
    { first_name: 'Ada', last_name: 'King', name: 'Ada King' },
  ],
  ['a single word fills the first name only', { name: 'Ada' }, { first_name: 'Ada', name: 'Ada' }],
  [
    'parts are trimmed',
    { name: ' Ada   King ' },
    { first_name: 'Ada', last_name: 'King', name: ' Ada   King ' },
  ],
  [
    'name fills what is missing',
    { name: 'Ada King', firstName: 'Augusta' },
    { first_name: 'Augusta', last_name: 'King', name: 'Ada King' },
  ],
  [
    'a null is not missing',
    { name: 'Ada King', last_name: null },
    { first_name: 'Ada', last_name: null, name: 'Ada King' },
  ],
  ['an empty name fills nothing', { name: '' }, { name: '' }],
  ['a name that is no text fills nothing', { name: 7 }, { name: 7 }],

  ...['M', 'm', 'male', 'Male', 'MALE'].map((g): [string, JsonObject, JsonObject] => [
    `gender ${g}`,
    { Gender: g },
    { gender: 'male' },
  ]),
  ...['F', 'f', 'female', 'Female'].map((g): [string, JsonObject, JsonObject] => [
    `gender ${g}`,
    { gender: g },
    { gender: 'female' },
  ]),
  ['other genders pass', { gender: 'non-binary' }, { gender: 'non-binary' }],
  ['a gender of null stays', { gender: null }, { gender: null }],
  ['a gender that is no text passes', { gender: 2 }, { gender: 2 }],

  [
    'top-level parts move into address',
    { City: 'Warsaw', country: 'PL' },
    { address: { city: 'Warsaw', country: 'PL' } },
  ],
  ['what address already has wins', { city: 'A', address: { city: 'B' } }, { address: { city: 'B' } }],
  ['… also in another casing', { city: 'A', Address: { City: 'B' } }, { address: { city: 'B' } }],
  ['… also with null', { city: 'A', address: { city: null } }, { address: { city: null } }],
  [
    'a text is the street',
    { address: 'Main St 1', city: 'A' },
    { address: { street: 'Main St 1', city: 'A' } },
  ],
  ['state fills region and stays', { address: { state: 'CA' } }, { address: { state: 'CA', region: 'CA' } }],
  [
    'a region that is there stays',
    { address: { state: 'CA', region: 'West' } },
    { address: { state: 'CA', region: 'West' } },
  ],
  ['a top-level state does so too', { State: 'CA' }, { address: { state: 'CA', region: 'CA' } }],
  [
    'other parts keep their names',
    { address: { postalCode: '1', Street: 'x' } },
    { address: { postalCode: '1', Street: 'x' } },
  ],
  ['a null address clears', { address: null }, { address: null }],
  ['an address of another kind is left', { address: ['x'], city: 'A' }, { address: ['x'], city: 'A' }],
  ['without parts there is no address', { plan: 'pro' }, { plan: 'pro' }],
]

for (const [what, given, expected] of table) {
  test(`traits of identify: ${what}`, () => {
    const frozen = Object.freeze(structuredClone(given))
    assert.deepEqual(userTraits(frozen), expected)
    assert.deepEqual(frozen, given)
  })
}

test('traits of identify: a trait called __proto__ stays a trait', () => {
  const traits = userTraits(JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'))
  assert.deepEqual(Object.keys(traits).sort(), ['__proto__', 'constructor'])
  assert.equal((traits as { admin?: boolean }).admin, undefined)
})
