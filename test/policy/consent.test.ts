import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConsentPolicy, hasConsent } from '../../lib/policy/consent.ts'
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
    assert.equal(hasConsent(categories, message('a', 'track', context)), is)
  })
}

const agreed = message('agreed', 'track', stamp({ C0002: true }))
const denied = message('denied', 'track', stamp({ C0002: false }))
const unstamped = message('unstamped')

test('a message is sent when its visitor had agreed as the call was made', () => {
  const policy = createConsentPolicy(['C0002'])
  policy.onCall(agreed, 1)
  assert.deepEqual([agreed, denied, unstamped].map(policy.isGranted), [true, false, false])
})

test('consent that a later call withdraws counts for what waits, until a call grants it again', () => {
  const policy = createConsentPolicy(['C0002'])
  policy.onCall(agreed, 1)
  policy.onCall(denied, 2)
  assert.equal(policy.isGranted(agreed), false)
  policy.onCall(agreed, 3)
  assert.equal(policy.isGranted(agreed), true)
})

test('the stamp of an earlier call that comes late changes nothing', () => {
  const policy = createConsentPolicy(['C0002'])
  policy.onCall(denied, 2)
  policy.onCall(agreed, 1)
  assert.equal(policy.isGranted(agreed), false)
  policy.onCall(agreed, 3)
  policy.onCall(denied, 2)
  assert.equal(policy.isGranted(agreed), true)
})

test('a call without a stamp withdraws nothing', () => {
  const policy = createConsentPolicy(['C0002'])
  policy.onCall(agreed, 1)
  policy.onCall(unstamped, 2)
  assert.equal(policy.isGranted(agreed), true)
})

test('without categories every message is granted, whatever its stamp', () => {
  const policy = createConsentPolicy([])
  policy.onCall(denied, 1)
  assert.deepEqual([agreed, denied, unstamped].map(policy.isGranted), [true, true, true])
})
