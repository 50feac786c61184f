import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { createBroadcastLocks } from '../../lib/browser/tab-locks-broadcast.ts'

/** A channel that passes each message to the other pages in a task of its own, as the browser does. */
class FakeChannel {
  static open = new Set<FakeChannel>()
  onmessage?: (event: { data: unknown }) => void

  constructor() {
    FakeChannel.open.add(this)
  }
  postMessage(data: unknown): void {
    for (const other of FakeChannel.open) {
      if (other !== this) setImmediate(() => other.onmessage?.({ data: structuredClone(data) }))
    }
  }
  close(): void {
    FakeChannel.open.delete(this)
  }
}

const realChannel = globalThis.BroadcastChannel

beforeEach(() => {
  Object.assign(globalThis, { BroadcastChannel: FakeChannel })
  mock.timers.enable({ apis: ['setTimeout'] })
})
afterEach(() => {
  mock.timers.reset()
  FakeChannel.open.clear()
  Object.assign(globalThis, { BroadcastChannel: realChannel })
})

/** What the claims resolve to, once the other pages have had the time to answer. */
async function settled<T>(claims: Promise<T>[]): Promise<T[]> {
  for (let task = 0; task < 20; task++) await new Promise(setImmediate)
  mock.timers.tick(2000)
  return Promise.all(claims)
}

test('of many pages that ask for a lock at once, exactly one acquires it', async () => {
  for (const count of [2, 3, 5]) {
    const pages = Array.from({ length: count }, createBroadcastLocks)
    const locks = await settled(pages.map((page) => page.acquire(`lease of ${count}`)))
    assert.equal(locks.filter(Boolean).length, 1, `${count} pages`)
  }
})

test('a lock that is held is refused until it is released', async () => {
  const [holder, other] = [createBroadcastLocks(), createBroadcastLocks()]
  const release = await holder.acquireNew('lease')
  assert.deepEqual(await settled([other.acquire('lease')]), [undefined])
  release?.()
  assert.equal(typeof (await settled([other.acquire('lease')]))[0], 'function')
})

test('a page that asks twice for the same lock acquires it once', async () => {
  const page = createBroadcastLocks()
  const locks = await settled([page.acquire('lease'), page.acquire('lease')])
  assert.equal(locks.filter(Boolean).length, 1)
})
