import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readSerials } from '../field/read-serials.ts'

const event = (serial: number) => ({ event: 'Order', properties: { serial, products: [{ serial_no: 9 }] } })
const json = JSON.stringify

for (const [what, body, serials] of [
  ['one message', json(event(7)), [7]],
  ['a batch', json({ batch: [event(1), event(2)] }), [1, 2]],
  ['JSON within JSON, as Snowplow has it', json({ data: [{ ue_pr: json({ data: event(3) }) }] }), [3]],
  ['a form, as Mixpanel has it', new URLSearchParams({ data: json([event(4)]) }).toString(), [4]],
  ['a form in base64', new URLSearchParams({ data: btoa(json(event(5))) }).toString(), [5]],
  ['gzip, as PostHog has it', gzipSync(json([event(6), event(6)])), [6, 6]],
  ['a request without events', json({ metrics: [{ value: 1 }] }), []],
  ['nothing', '', []],
  ['what is no JSON', '\u0000{[', []],
] as const) {
  test(`serial numbers are read from ${what}`, () => {
    assert.deepEqual(readSerials(Buffer.from(body)), serials)
  })
}
