import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { settled } from '../support/clock.ts'
import {
  delivered,
  later,
  misconfigured,
  networkError,
  never,
  refused,
  status,
  timeout,
} from '../support/line.ts'
import { createSite } from '../support/site.ts'

const retryable = (cause: 'foreign' | 'aborted' | 'bug'): Outcome => ({ kind: 'retryable', cause })

for (const [name, outcome, isAnswered] of [
  ['a delivery', delivered, true],
  ['a refusal', refused, true],
  ['a wrong key', misconfigured, true],
  ['a 503', status(503), true],
  ['an answer of a service worker', retryable('foreign'), true],
  ['a network error', networkError, false],
  ['a time-out', timeout, false],
  ['a request that the policy of the page refused', { kind: 'misconfigured', cause: 'csp' }, undefined],
  ['an attempt that was cancelled', retryable('aborted'), undefined],
  ['a bug', retryable('bug'), undefined],
] as const satisfies [string, Outcome, boolean | undefined][]) {
  const verdict = isAnswered ? 'answered' : isAnswered === false ? 'unanswered' : 'no request'
  test(`${name} counts as ${verdict}`, async () => {
    const { open } = createSite()
    const { add, requestEnds } = open([outcome, never])
    add('a')
    await settled()
    assert.deepEqual(requestEnds.slice(0, 1), isAnswered === undefined ? [] : [isAnswered])
  })
}

test('a request that the attempt repeats counts by itself', async () => {
  const { open } = createSite()
  const { answer, say } = later()
  const { add, line, requestEnds } = open([answer])
  add('a')
  await settled()
  line.attempts[0]?.onPause?.(false)
  line.attempts[0]?.onPause?.(true)
  say(networkError)
  await settled()
  assert.deepEqual(requestEnds, [false, true, false])
})

test('what is sent as the page ends does not count, because nobody hears the answer', async () => {
  const { add, line, onPageHide, requestEnds } = createSite().open([never, networkError, delivered])
  add('a', 'b', 'c')
  onPageHide(false)
  await settled()
  assert.deepEqual([line.sentAtExit, requestEnds], [['a', 'b', 'c'], []])
})
