import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toProfile } from '../../lib/mapping/profile.ts'
import { type Facts, toMessage } from '../../lib/mapping/to-message.ts'
import type { Message, MessageContext } from '../../lib/message.ts'

const facts: Facts = {
  now: Date.UTC(2026, 0, 2),
  ...{
    userAgent: 'UA',
    locale: 'en-US',
    timezone: 'Europe/Warsaw',
    screen: { width: 1920, height: 1080, density: 2 },
  },
  page: { url: 'https://shop.example/', title: 'Shop' },
}
const { now, ...context } = facts
const common = { messageId: 'm1', userId: 'u1', anonymousId: 'a1', timestamp: new Date(0) }
const expected = {
  messageId: 'm1',
  userId: 'u1',
  anonymousId: 'a1',
  timestamp: '1970-01-01T00:00:00.000Z',
  context,
}

for (const [type, given, body] of [
  ['identify', { traits: { firstName: 'Ada' } }, { traits: { first_name: 'Ada' } }],
  [
    'page',
    { name: 'Home', category: 'Docs', properties: { url: 'u' } },
    { name: 'Home', category: 'Docs', properties: { url: 'u' } },
  ],
  [
    'track',
    { event: 'Signed Up', properties: { plan: 'pro' } },
    { event: 'Signed Up', properties: { plan: 'pro' } },
  ],
  ['group', { groupId: 'g1', traits: { employeeCount: 3 } }, { groupId: 'g1', traits: { employees: 3 } }],
] as const) {
  test(`the message of ${type}`, () => {
    assert.deepEqual(toMessage(type, { type, ...common, ...given }, facts), { type, ...expected, ...body })
  })
}

test('no field of the event is lost on the way', () => {
  const event = {
    type: 'track',
    ...common,
    event: 'A',
    integrations: { All: true },
    traits: { x: 1 },
    extra: [1],
  }
  const { integrations, traits, extra } = toMessage('track', event, facts)
  assert.deepEqual(
    { integrations, traits, extra },
    { integrations: { All: true }, traits: { x: 1 }, extra: [1] },
  )
})

for (const [what, timestamp, iso] of [
  ['a Date', new Date(5), '1970-01-01T00:00:00.005Z'],
  ['a text in another zone', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000Z'],
  ['nonsense', 'yesterday', '2026-01-02T00:00:00.000Z'],
  ['none', undefined, '2026-01-02T00:00:00.000Z'],
] as const) {
  test(`a timestamp that is ${what}`, () => {
    assert.equal(toMessage('track', { type: 'track', event: 'A', timestamp }, facts).timestamp, iso)
  })
}

test('what the context of the event says stays whole', () => {
  const event = {
    type: 'track',
    event: 'A',
    context: { screen: { width: 1 }, locale: 'pl', ip: '203.0.113.1' },
  }
  assert.deepEqual(toMessage('track', event, facts).context, {
    ...context,
    screen: { width: 1 },
    locale: 'pl',
    ip: '203.0.113.1',
  })
})

test('ids of null are none; traits of null clear', () => {
  const message = toMessage('identify', { type: 'identify', userId: null, traits: { plan: null } }, facts)
  assert.equal('userId' in message, false)
  assert.deepEqual(message.traits, { plan: null })
})

test('what is no object where one belongs is as if absent', () => {
  assert.deepEqual(toMessage('identify', { type: 'identify', traits: 'text' }, facts).traits, {})
  assert.deepEqual(toMessage('track', { type: 'track', properties: null, context: 7 }, facts).properties, {})
})

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
