import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spanInWords, statsInWords } from '../../lib/reporting/in-words.ts'

for (const [ms, words] of [
  [0, '0.1 s'],
  [149, '0.1 s'],
  [5432, '5.4 s'],
  [9600, '10 s'],
  [80_000, '80 s'],
  [300_000, '5 minutes'],
  [5_940_000, '99 minutes'],
  [86_400_000, '24 hours'],
] as const) {
  test(`${ms} milliseconds are ${words}`, () => assert.equal(spanInWords(ms), words))
}

const none = { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} }

for (const [stats, words] of [
  [none, '0 delivered'],
  [{ ...none, delivered: 4, retried: 1 }, '4 delivered, 1 request repeated'],
  [
    { queued: 2, inFlight: 1, delivered: 40, retried: 3, dropped: { refused: 1, consent: 12 } },
    '40 delivered, 1 dropped (refused), 12 dropped (consent), 1 in flight, 2 queued, 3 requests repeated',
  ],
] as const) {
  test(`stats() in words: ${words}`, () => assert.equal(statsInWords(stats), words))
}
