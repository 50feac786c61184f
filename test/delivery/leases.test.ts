import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaseName } from '../../lib/delivery/entry-key.ts'
import { createLeases } from '../../lib/delivery/leases.ts'
import { createClock, settled } from '../support/clock.ts'
import { createLocks } from '../support/tabs.ts'

const other = leaseName('userengage:1:e:k', 0, 0.5)

function createTabs() {
  const clock = createClock()
  const locks = createLocks(clock)
  let tabs = 0
  const open = () => {
    const random = tabs++ / 64
    const time = { ...clock, random: () => random }
    return createLeases({ locks: locks.ofTab(new AbortController().signal), time }, 'userengage:1:e:k')
  }
  return { clock, held: locks.held, open }
}

test('an own lease is held from when it begins, at once for the page and soon for the browser', async () => {
  const { held, open } = createTabs()
  const leases = open()
  leases.begin()
  assert.deepEqual([leases.held(), held.size], [[], 0])
  const own = leases.own()
  assert.deepEqual([leases.isOwn(own), leases.isHeld(own), leases.own()], [true, true, own])
  await settled()
  assert.deepEqual([...held], [own])
})

test('a lease that began before the page session is held when the session begins', async () => {
  const { held, open } = createTabs()
  const leases = open()
  const own = leases.own()
  await settled()
  assert.deepEqual([leases.isHeld(own), held.size], [false, 0])
  leases.begin()
  await settled()
  assert.deepEqual([...held], [own])
})

test('after a release the next own lease is another, and sorts behind', async () => {
  const { clock, held, open } = createTabs()
  const leases = open()
  leases.begin()
  const first = leases.own()
  await settled()
  leases.release()
  assert.deepEqual([leases.held(), held.size, leases.isOwn(first)], [[], 0, false])
  clock.jump(-1000)
  assert.equal(leases.own() > first, true)
})

test('a lease that is released before the browser has granted its lock is not held', async () => {
  const { held, open } = createTabs()
  const leases = open()
  leases.begin()
  leases.own()
  leases.release()
  await settled()
  assert.deepEqual([leases.held(), held.size], [[], 0])
})

test('of two pages that claim a lease, one gets it, and the other after its end', async () => {
  const { open } = createTabs()
  const [one, two] = [open(), open()]
  one.begin()
  two.begin()
  assert.deepEqual(await Promise.all([one.claim(other, 0), two.claim(other, 0)]), [true, false])
  assert.deepEqual([one.isHeld(other), one.isOwn(other), two.isHeld(other)], [true, false, false])
  const claiming = two.claim(other, 10_000)
  await settled()
  one.end()
  assert.equal(await claiming, true)
})

test('a claim gives up when its time is over', async () => {
  const { clock, open } = createTabs()
  const [one, two] = [open(), open()]
  one.begin()
  two.begin()
  await one.claim(other, 0)
  const claiming = two.claim(other, 10_000)
  await clock.advance(10_000)
  assert.equal(await claiming, false)
  one.end()
  await settled()
  assert.equal(two.isHeld(other), false)
})

test('a lease that is held already can be claimed again', async () => {
  const { open } = createTabs()
  const leases = open()
  leases.begin()
  await leases.claim(other, 0)
  assert.equal(await leases.claim(other, 0), true)
})

test('a claim that is granted after the end of the session is released', async () => {
  const { held, open } = createTabs()
  const leases = open()
  leases.begin()
  const claiming = leases.claim(other, 0)
  leases.end()
  assert.equal(await claiming, false)
  assert.equal(held.size, 0)
})

test('where the browser has no locks, an own lease counts as held and a claim fails', async () => {
  const none = async (): Promise<undefined> => undefined
  const leases = createLeases(
    {
      locks: { acquireNew: none, acquire: none, acquireWithin: none, whenGranted: none },
      time: createClock(),
    },
    'userengage:1:e:k',
  )
  leases.begin()
  const own = leases.own()
  assert.deepEqual([leases.isHeld(own), await leases.claim(other, 0)], [true, false])
})
