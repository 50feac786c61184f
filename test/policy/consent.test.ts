import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAgreedTo } from '../../lib/policy/consent.ts'
import { message } from '../support/message.ts'

const stamp = (categoryPreferences: unknown): object => ({ consent: { categoryPreferences } })

for (const [categories, context, is] of [
  [[], {}, true],
  [[], stamp({ C0002: false }), true],
  [['C0002'], stamp({ C0002: true }), true],
  [['C0002'], stamp({ C0002: true, C0004: false }), true],
  [['C0002', 'C0004'], stamp({ C0002: true, C0004: true }), true],
  [['C0002', 'C0004'], stamp({ C0002: true, C0004: false }), false],
  [['C0002', 'C0004'], stamp({ C0002: true }), false],
  [['C0002'], stamp({ C0002: false }), false],
  [['C0002'], stamp({}), false],
  [['C0002'], {}, false],
  [['C0002'], { consent: null }, false],
  [['C0002'], { consent: {} }, false],
  [['C0002'], { consent: 'C0002' }, false],
  [['C0002'], { consent: true }, false],
  [['C0002'], stamp(null), false],
  [['C0002'], stamp('C0002'), false],
  [['C0002'], stamp(['C0002']), false],
  [['C0002'], stamp({ C0002: 'true' }), false],
  [['C0002'], stamp({ C0002: 1 }), false],
  [['constructor'], stamp({}), false],
] as const) {
  test(`${JSON.stringify(context)} is ${is ? '' : 'no '}consent to ${JSON.stringify(categories)}`, () => {
    assert.equal(isAgreedTo(categories, message('a', 'track', context)), is)
  })
}
