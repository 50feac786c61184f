import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closestName } from '../../lib/settings/closest-name.ts'

const known = [
  'apiKey',
  'endpoint',
  'consent',
  'queue',
  'timeoutMs',
  'omit',
  'beforeSend',
  'onDelivered',
  'onDropped',
  'autoPage',
  'respectGpc',
  'credentials',
  'enabled',
  'debug',
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
  test(`${written} suggests ${meant}`, () => assert.equal(closestName(written, known), meant))
}

for (const written of ['zzz', 'flushAt', 'writeKey', 'cdnURL', 'obfuscate', '42']) {
  test(`${written} suggests nothing, because no known name is near`, () =>
    assert.equal(closestName(written, known), undefined))
}

test('without known names there is nothing to suggest', () =>
  assert.equal(closestName('apiKey', []), undefined))

test('the list of known names is left in its order', () => {
  const names = Object.freeze(['b', 'a'])
  closestName('a', names)
  assert.deepEqual(names, ['b', 'a'])
})
