import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPeers } from '../../lib/delivery/peers.ts'
import { createClock, minute, settled } from '../support/clock.ts'
import { createChannels } from '../support/tabs.ts'

function createTabs() {
  const clock = createClock()
  const channels = createChannels()
  let tabs = 0
  const open = ({ document = tabs, isTopLevel = true } = {}) => {
    const died = new AbortController()
    const channel = channels.ofTab('queue', died.signal)
    const told: string[] = []
    const peers = createPeers(
      { openChannel: channel.open, time: clock, page: { document, isTopLevel } },
      `session ${tabs++}`,
      {
        onLeft: (leases) => void told.push(`left ${leases}`),
        onYielding: (leases) => void told.push(`yielding ${leases}`),
        onSilent: () => void told.push('silent'),
        onEvicted: (keys) => void told.push(`evicted ${keys}`),
        onCleared: () => void told.push('cleared'),
        onRetryAfter: (ms) => void told.push(`retry after ${ms}`),
      },
    )
    const types = (): string[] => channel.posted.map(({ type }) => type)
    return { ...peers, channel, told, types, crash: () => died.abort() }
  }
  return { clock, open }
}

type Tab = ReturnType<ReturnType<typeof createTabs>['open']>

test('a tab announces what waits every three seconds, until nothing does', async () => {
  const { clock, open } = createTabs()
  const { announce, channel } = open()
  let leases = ['a']
  announce(() => leases)
  announce(() => leases)
  await clock.advance(3000)
  leases = ['a', 'b']
  await clock.advance(3000)
  leases = []
  await clock.advance(minute)
  assert.deepEqual(
    channel.posted.flatMap((message) => (message.type === 'waiting' ? [message.leases] : [])),
    [['a'], ['a'], ['a', 'b']],
  )
  leases = ['c']
  announce(() => leases)
  await settled()
  assert.deepEqual(channel.posted.at(-1), { type: 'waiting', by: 'session 0', leases: ['c'] })
})

test('a lease that is new is announced at once, and all are announced to a tab that begins', async () => {
  const { open } = createTabs()
  const one = open()
  await settled()
  let leases = ['a']
  one.announce(() => leases)
  leases = ['a', 'b']
  one.announce(() => leases)
  one.announce(() => leases)
  await settled()
  assert.deepEqual(one.types(), ['begun', 'waiting', 'waiting'])
  const other = open()
  assert.deepEqual(['a', 'b'].map(other.isAnnounced), [false, false])
  await settled()
  assert.deepEqual(['a', 'b', 'c'].map(other.isAnnounced), [true, true, false])
})

for (const [what, afterMs, end] of [
  ['has nothing waiting any more', 3000, (_one, forgetAll) => forgetAll()],
  ['ends', 1, (one) => one.end(['a'], false)],
  ['leaves them to its next page', 1, (one) => one.end(['a'], true)],
  ['falls silent', 10_000, (one) => one.crash()],
] satisfies [string, number, (one: Tab, forgetAll: () => void) => void][]) {
  test(`leases are announced until their tab ${what}`, async () => {
    const { clock, open } = createTabs()
    const [one, other] = [open(), open()]
    let leases = ['a']
    one.announce(() => leases)
    await settled()
    assert.equal(other.isAnnounced('a'), true)
    end(one, () => {
      leases = []
    })
    await clock.advance(afterMs)
    assert.equal(other.isAnnounced('a'), false)
  })
}

test('an idle tab says nothing but that it has begun', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  await clock.advance(minute)
  assert.deepEqual([one.types(), other.types(), one.told, other.told], [['begun'], ['begun'], [], []])
})

test('an answer proves for five seconds that another tab runs', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  assert.equal(one.hasRunningPeer(), false, 'nothing has proved it')
  one.announce(() => ['a'])
  await settled()
  assert.deepEqual([one.hasRunningPeer(), other.hasRunningPeer()], [true, false])
  other.end([], false)
  await clock.advance(4999)
  assert.equal(one.hasRunningPeer(), true)
  await clock.advance(1)
  assert.equal(one.hasRunningPeer(), false)
})

for (const [what, one, other] of [
  ['a frame', {}, { isTopLevel: false }],
  ['a second instance in the same document', { document: 7 }, { document: 7 }],
] as const) {
  test(`${what} proves nothing`, async () => {
    const { open } = createTabs()
    const [tab] = [open(one), open(other)]
    tab.announce(() => ['a'])
    await settled()
    assert.equal(tab.hasRunningPeer(), false)
  })
}

test('a frame counts on nobody', async () => {
  const { open } = createTabs()
  const [frame] = [open({ isTopLevel: false }), open()]
  frame.announce(() => ['a'])
  await settled()
  assert.equal(frame.hasRunningPeer(), false)
})

test('an answer to another tab proves nothing', async () => {
  const { open } = createTabs()
  const [one, other] = [open(), open(), open({ isTopLevel: false })]
  one.announce(() => ['a'])
  await settled()
  assert.equal(other.hasRunningPeer(), false)
})

test('a tab that announced something and then says nothing for ten seconds is silent', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  one.announce(() => ['a'])
  await clock.advance(6000)
  one.crash()
  await clock.advance(9999)
  assert.deepEqual(other.told, [])
  await clock.advance(1)
  assert.deepEqual(other.told, ['silent'])
  await clock.advance(minute)
  assert.deepEqual(other.told, ['silent'])
})

test('a tab that has nothing waiting any more says so, and is not silent later', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  await settled()
  let isWaiting = true
  one.announce(() => (isWaiting ? ['a'] : []))
  await settled()
  isWaiting = false
  await clock.advance(minute)
  assert.deepEqual([one.types(), other.told], [['begun', 'waiting', 'idle'], []])
})

test('the leases that a tab leaves to its next page are claimed by others only ten seconds later', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  one.end(['a'], true)
  await clock.advance(9999)
  assert.deepEqual(other.told, [])
  await clock.advance(1)
  assert.deepEqual(other.told, ['silent'])
})

test('a tab that ends says what it leaves, and does not count as silent later', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  await settled()
  one.announce(() => ['a'])
  await settled()
  one.end(['a', 'b'], false)
  await clock.advance(minute)
  assert.deepEqual(other.told, ['left a,b'])
  assert.deepEqual(one.types(), ['begun', 'waiting', 'left'])
})

test('a tab that has ended hears nothing and announces nothing', async () => {
  const { clock, open } = createTabs()
  const [one, other] = [open(), open()]
  await settled()
  const before = one.told.length
  one.end([], false)
  one.announce(() => ['a'])
  other.tellCleared()
  await clock.advance(minute)
  assert.deepEqual([one.told.length, one.types()], [before, ['begun', 'left']])
})

test('tabs hear what others evict, clear and yield, but not what they say themselves', async () => {
  const { open } = createTabs()
  const [one, other] = [open(), open()]
  await settled()
  one.told.length = 0
  one.tellEvicted(['k1', 'k2'])
  one.tellCleared()
  one.tellYielding(['a'])
  await settled()
  assert.deepEqual([one.told, other.told], [[], ['evicted k1,k2', 'cleared', 'yielding a']])
})
