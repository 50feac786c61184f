import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audienceTraits } from '../../lib/mapping/audience.ts'

for (const [name, key] of [
  ['Order Completed Last 30days', 'order_completed_last_30days'],
  ['order completed last 30days', 'order_completed_last_30days'],
  ['firstTimeShopper', 'first_time_shopper'],
  ['  VIP – customers! ', 'vip_customers'],
  ['Top10Buyers', 'top10buyers'],
  ['Zażółć gęślą', 'zażółć_gęślą'],
] as const) {
  test(`the trait of the audience "${name}" is ${key}`, () => {
    assert.deepEqual(audienceTraits(name, true), { [key]: true })
    assert.deepEqual(audienceTraits(name, false), { [key]: false })
  })
}

test('an audience without a letter or digit is a TypeError', () => {
  assert.throws(() => audienceTraits(' – ', true), { name: 'TypeError', message: /got " – "/ })
})

test('a letter that lower-cases to two characters does not split a word', () => {
  assert.deepEqual(Object.keys(audienceTraits('İstanbul Buyers', true)), [
    `${'İ'.toLowerCase()}stanbul_buyers`,
  ])
})

test('capitals in a row stay together', () => {
  assert.deepEqual(audienceTraits('VIPCustomers', true), { vipcustomers: true })
})
