import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Drop } from '../../lib/delivery/drop.ts'
import { dropInWords } from '../../lib/reporting/drop-in-words.ts'
import { message } from '../support/message.ts'

const declined = { consent: { categoryPreferences: { C0002: false } } }

for (const [drop, context, words] of [
  [
    { reason: 'refused', status: 400, serverMessage: 'No event' },
    {},
    'refused by the endpoint with 400, "No event"',
  ],
  [{ reason: 'refused', status: 413 }, {}, 'refused by the endpoint with 413, "no reason given"'],
  [{ reason: 'expired' }, {}, 'it waited longer than queue.maxAgeHours'],
  [{ reason: 'overflow' }, {}, 'more than queue.maxMessages were waiting'],
  [{ reason: 'consent' }, {}, 'the event has no consent stamp (context.consent)'],
  [{ reason: 'consent' }, declined, 'the visitor has not agreed to C0002, C0004, or no longer'],
  [{ reason: 'gpc' }, {}, 'the browser asks for privacy by Global Privacy Control, and respectGpc is set'],
  [{ reason: 'beforeSend' }, {}, 'beforeSend returned null or failed'],
  [{ reason: 'middleware' }, {}, 'a destination middleware did not call next, called it twice, or threw'],
  [{ reason: 'cleared' }, {}, 'the site called clear()'],
] as const satisfies [Drop, object, string][]) {
  test(`a drop by "${drop.reason}" is explained: ${words}`, () => {
    assert.equal(dropInWords(drop, message('m1', 'track', context), ['C0002', 'C0004']), words)
  })
}
