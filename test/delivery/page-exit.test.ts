import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEntry, type Entry } from '../../lib/delivery/entry.ts'
import { planExit } from '../../lib/delivery/exit-plan.ts'
import { isSentAtExit } from '../../lib/delivery/page-exit.ts'
import { message } from '../support/message.ts'

for (const [isNextPageOfSite, hasRunningPeer, hasWorker, plan] of [
  [false, false, false, 'send'],
  [false, false, true, 'hand over'],
  [false, true, false, 'leave'],
  [false, true, true, 'leave'],
  [true, false, false, 'leave'],
  [true, false, true, 'leave'],
  [true, true, true, 'leave'],
] as const) {
  const facts = { isNextPageOfSite, hasRunningPeer, hasWorker }
  const named = Object.entries(facts).filter(([, is]) => is)
  test(`a page exit with ${named.map(([name]) => name).join(' and ') || 'nothing of the kind'} is a plan to ${plan}`, () =>
    assert.equal(planExit(facts), plan))
}

const now = 10_000

for (const [what, change, is] of [
  ['waits', {}, true],
  ['is captured only', { state: 'captured' }, false],
  ['is in flight', { state: 'sending' }, false],
  ['is settled', { state: 'settled' }, false],
  ['failed without an answer 499 ms ago', { failedAt: now - 499 }, false],
  ['failed without an answer 500 ms ago', { failedAt: now - 500 }, true],
  ['was sent at two exits', { exits: 2 }, true],
  ['was sent at three exits', { exits: 3 }, false],
  ['is set aside', { setAside: { count: 1, until: 0 } }, false],
] satisfies [string, Partial<Entry>, boolean][]) {
  test(`a message that ${what} is ${is ? '' : 'not '}sent as the page ends`, () => {
    const entry = createEntry('k', message('a'), { expiresAt: 0, isClaimed: false })
    assert.equal(isSentAtExit({ ...entry, state: 'waiting', ...change }, now), is)
  })
}
