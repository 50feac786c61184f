import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { inPool } from '../field/pool.ts'

test('so many are worked on at once, each once, and the results are in the order of the items', async () => {
  let now = 0
  let most = 0
  const results = await inPool(3, [5, 4, 3, 2, 1], async (item) => {
    most = Math.max(most, ++now)
    for (let index = 0; index < item; index++) await turn()
    now--
    return item * 10
  })
  assert.deepEqual(results, [50, 40, 30, 20, 10])
  assert.equal(most, 3)
})

test('what fails ends the whole', async () => {
  await assert.rejects(
    inPool(2, [1, 2], async () => {
      throw new Error('no')
    }),
    /no/,
  )
})
