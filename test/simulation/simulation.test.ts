import assert from 'node:assert/strict'
import { test } from 'node:test'
import { live } from './history.ts'

/** So many histories take some seconds. `npm run simulate` lives through more. */
const seeds = 2000

test(`${seeds} histories of tabs, crashes, networks and storages keep every promise of delivery`, async () => {
  for (let seed = 1; seed <= seeds; seed++) {
    const { broken, story } = await live(seed)
    assert.deepEqual(broken, [], `npm run simulate -- --seed ${seed}\n${story.join('\n')}`)
  }
})

test('a seed tells the same story each time', async () => {
  const stories = [await live(7), await live(7)].map(({ story }) => story)
  assert.deepEqual(stories[0], stories[1])
})
