import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closedMs, type Gate, type GateFacts, nextGate, openGate, tryNow } from '../../lib/delivery/gate.ts'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { minute } from '../support/clock.ts'
import {
  delivered,
  forbidden,
  misconfigured,
  networkError,
  refused,
  status,
  timeout,
} from '../support/line.ts'

const now = 1_000_000
const facts: GateFacts = { now, random: 0, isTimeOfNoUse: false, isProbe: false }

const backoff = (failures: number, until: number, isProbeDue = false): Gate => ({
  kind: 'backoff',
  failures,
  isProbeDue,
  until: now + until,
})
const wrong = (until: number, isProbeDue = false): Gate => ({
  kind: 'misconfigured',
  isProbeDue,
  until: now + until,
})
const aborted: Outcome = { kind: 'retryable', cause: 'aborted' }

for (const [gate, outcome, next, given = {}] of [
  [openGate, delivered, openGate],
  [openGate, refused, openGate],
  [openGate, status(503), backoff(1, 5000)],
  [openGate, networkError, backoff(1, 5000)],
  [openGate, timeout, backoff(1, 5000)],
  [openGate, networkError, backoff(1, 2500), { random: 1 }],
  [openGate, aborted, openGate],
  [openGate, networkError, openGate, { isTimeOfNoUse: true }],
  [openGate, misconfigured, wrong(5 * minute)],
  [openGate, forbidden, wrong(5 * minute, true)],
  [openGate, forbidden, wrong(5 * minute), { isProbe: true }],

  [backoff(1, 0), delivered, openGate],
  [backoff(1, 0), refused, openGate],
  [backoff(1, 0), status(503), backoff(2, 10_000)],
  [backoff(1, 0), timeout, backoff(2, 10_000, true)],
  [backoff(2, 0), status(503), backoff(3, 20_000, true)],
  [backoff(2, 0, true), timeout, backoff(3, 20_000)],
  [backoff(3, 0), status(503), backoff(4, 40_000)],
  [backoff(4, 0), status(503), backoff(5, 80_000)],
  [backoff(6, 0), status(503), backoff(7, 80_000, true)],
  [backoff(10, 0), status(503), backoff(11, 80_000, true)],
  [backoff(99, 0), status(503), backoff(100, 80_000)],
  [backoff(1, 1), status(503), backoff(1, 1)],
  [backoff(2, 9000, true), status(503), backoff(2, 9000), { isProbe: true }],
  [backoff(2, 9000, true), delivered, openGate, { isProbe: true }],
  [backoff(2, 9000, true), aborted, backoff(2, 9000, true), { isProbe: true }],
  [backoff(2, 0), networkError, backoff(2, 0), { isTimeOfNoUse: true }],
  [backoff(2, 0), misconfigured, wrong(5 * minute)],

  [wrong(0), delivered, openGate],
  [wrong(0), refused, openGate],
  [wrong(0), misconfigured, wrong(5 * minute)],
  [wrong(0), status(503), backoff(1, 5000)],
  [wrong(9000, true), forbidden, wrong(5 * minute), { isProbe: true }],
  [wrong(9000, true), status(503), wrong(9000), { isProbe: true }],
  [wrong(9000, true), delivered, openGate, { isProbe: true }],
] satisfies [Gate, Outcome, Gate, Partial<GateFacts>?][]) {
  const about = [JSON.stringify(outcome), ...Object.keys(given)].join(', ')
  test(`${nameOf(gate)} becomes ${nameOf(next)} after ${about}`, () =>
    assert.deepEqual(nextGate(gate, outcome, { ...facts, ...given }), next))
}

for (const [gate, ms] of [
  [openGate, 0],
  [backoff(1, 5000), 5000],
  [backoff(1, 0), 0],
  [backoff(1, -5000), 0],
  [wrong(7000), 7000],
] as const) {
  test(`${nameOf(gate)} stays closed for ${ms} ms, and not at all after tryNow`, () => {
    assert.equal(closedMs(gate, now), ms)
    assert.equal(closedMs(tryNow(gate), now), 0)
  })
}

test('tryNow does not forget how many attempts have failed', () => {
  assert.deepEqual(tryNow(backoff(3, 20_000)), { ...backoff(3, 0), until: 0 })
  assert.equal(tryNow(openGate), openGate)
})

function nameOf(gate: Gate): string {
  if (gate.kind === 'open') return 'an open gate'
  const { until, kind, isProbeDue } = gate
  const count = gate.kind === 'backoff' ? ` of ${gate.failures}` : ''
  return `a gate in ${kind}${count} for ${until - now} ms${isProbeDue ? ' with a probe due' : ''}`
}
