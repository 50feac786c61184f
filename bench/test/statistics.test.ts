import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distributionOf, rotated } from '../field/statistics.ts'

test('the distribution of an odd number of samples', () => {
  const { median, lower, upper, most, samples } = distributionOf([5, 1, 4, 2, 3])
  assert.deepEqual([median, lower, upper, most, samples], [3, 2, 4, 5, 5])
})

test('between two samples the quantiles are linear', () => {
  const { median, lower, upper } = distributionOf([10, 20])
  assert.deepEqual([median, lower, upper], [15, 12.5, 17.5])
})

test('samples are not sorted as text, and not changed', () => {
  const samples = [100, 9, 20]
  assert.equal(distributionOf(samples).median, 20)
  assert.deepEqual(samples, [100, 9, 20])
})

test('without samples there is no distribution', () => {
  assert.throws(() => distributionOf([]), RangeError)
})

test('in as many rounds as there are contestants, each comes once at every place', () => {
  const rounds = [0, 1, 2].map((round) => rotated(['a', 'b', 'c'], round))
  assert.deepEqual(rounds, [
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
  ])
})
