import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measures, partsOf } from '../field/parts.ts'

test('all parts are measured unless some are asked for', () => {
  assert.deepEqual(partsOf([]), Object.keys(measures))
})

test('parts are asked for by --only, in any order and either form', () => {
  assert.deepEqual(partsOf(['--only', 'late,loss']), ['loss', 'late'])
  assert.deepEqual(partsOf(['--only=relay']), ['relay'])
})

test('a part that is none is an error that names all', () => {
  assert.throws(() => partsOf(['--only', 'lost']), /one or more of weight, speed, .*relay.*not "lost"/)
  assert.throws(() => partsOf(['--only']), /not ""/)
})
