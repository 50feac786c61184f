import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, MessageContext } from '../../protocol/message.ts'
import { toProfile } from '../../protocol/profile.ts'

const full: MessageContext = {
  userAgent: 'UA',
  os: { name: 'iOS', version: '18.5' },
  browser: { name: 'Mobile Safari', version: '18.5' },
  device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
  screen: { width: 390, height: 844, density: 3 },
  locale: 'pl-PL',
  timezone: 'Europe/Warsaw',
  ip: '203.0.113.1',
  page: { url: 'https://shop.example/a?b=c' },
}

test('the eleven profile fields', () => {
  assert.deepEqual(toProfile({ context: full } as Pick<Message, 'context'>), {
    user_agent: 'UA',
    os: 'iOS',
    device_name: 'Apple iPhone',
    device_type: 'mobile',
    language: 'pl-PL',
    resolution: '390x844',
    ip_address: '203.0.113.1',
    browser_family: 'Mobile Safari',
    browser_version: '18.5',
    timezone: 'Europe/Warsaw',
    current_url: 'https://shop.example/a?b=c',
  })
})

for (const [what, given, fields] of [
  ['a device with a name of its own', { device: { name: 'Kiosk', model: 'K7' } }, { device_name: 'Kiosk' }],
  ['a model without a maker', { device: { model: 'K7' } }, { device_name: 'K7' }],
  ['no device', { device: { type: 'desktop' } }, { device_type: 'desktop' }],
  [
    'a device with an empty name',
    { device: { name: '', manufacturer: 'Acme', model: 'K7' } },
    { device_name: 'Acme K7' },
  ],
  ['a screen of objects', { screen: { width: { toString: 1, valueOf: 1 }, height: 1 } }, {}],
  ['half a screen', { screen: { width: 1 } }, {}],
  ['fields of other types', { os: 'Linux', locale: 7, screen: 'big', page: null }, {}],
  ['a maker that is no text', { device: { manufacturer: {}, model: 'K7' } }, { device_name: 'K7' }],
  ['nothing', {}, {}],
] as const) {
  test(`the profile of ${what}`, () => {
    assert.deepEqual(toProfile({ context: given as unknown as MessageContext }), fields)
  })
}

test('the profile of a message without context is empty', () => assert.deepEqual(toProfile({}), {}))
