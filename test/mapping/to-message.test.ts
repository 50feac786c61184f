import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Facts, toMessage } from '../../lib/mapping/to-message.ts'

const facts: Facts = {
  now: Date.UTC(2026, 0, 2),
  ...{
    userAgent: 'UA',
    locale: 'en-US',
    timezone: 'Europe/Warsaw',
    screen: { width: 1920, height: 1080, density: 2 },
  },
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

test('what the page passes is neither changed nor shared, and values are JSON-safe throughout', () => {
  const properties = Object.freeze({
    at: new Date(0),
    big: 1n,
    run() {},
    n: Number.NaN,
    list: Object.freeze([undefined]),
  })
  const event = Object.freeze({
    type: 'track',
    event: 'A',
    properties,
    context: Object.freeze({ ip: '203.0.113.1' }),
  })
  const message = toMessage('track', event, facts)
  const safe = { at: '1970-01-01T00:00:00.000Z', big: '1', n: null, list: [null] }
  assert.deepEqual(message.properties, safe)
  assert.deepEqual(Object.keys(event.properties), ['at', 'big', 'run', 'n', 'list'])
  assert.deepEqual(JSON.parse(JSON.stringify(message)), message)
})

test('an event with fields called __proto__ and constructor stays an ordinary one', () => {
  const event = JSON.parse(
    '{"type": "identify", "__proto__": {"userId": "x"}, "traits": {"__proto__": {"a": 1}, "constructor": 1}}',
  )
  const message = toMessage('identify', event, facts)
  assert.equal(message.userId, undefined)
  assert.equal(JSON.stringify(message.traits), '{"__proto__":{"a":1},"constructor":1}')
})

test('the type is that of the call', () => {
  assert.equal(toMessage('page', { type: 'track' }, facts).type, 'page')
})
