import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from '../../lib/settings/closest-name.ts'

const known = [
  ...[
    'apiKey',
    'endpoint',
    'consent',
    'queue',
    'timeoutMs',
    'omit',
    'beforeSend',
    'onDelivered',
    'onDropped',
  ],
  ...['autoPage', 'respectGpc', 'debug'],
]

for (const [written, meant] of [
  ['apikey', 'apiKey'],
  ['api_key', 'apiKey'],
  ['API-KEY', 'apiKey'],
  ['endPoint', 'endpoint'],
  ['enpoint', 'endpoint'],
  ['timeout', 'timeoutMs'],
  ['beforesend', 'beforeSend'],
  ['befroeSend', 'beforeSend'],
  ['onDrop', 'onDropped'],
  ['onDeliver', 'onDelivered'],
  ['consents', 'consent'],
  ['auto-page', 'autoPage'],
  ['gpc', 'respectGpc'],
  ['quee', 'queue'],
  ['debugg', 'debug'],
] as const) {
  test(`${written} is nearest to ${meant}`, () => assert.equal(nearest(written, known), meant))
}

test('the list of known names is left in its order', () => {
  const names = Object.freeze(['b', 'a'])
  nearest('a', names)
  assert.deepEqual(names, ['b', 'a'])
})
