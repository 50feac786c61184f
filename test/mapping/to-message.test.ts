import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PageContext, renormalised, toMessage, withEnrichment } from '../../lib/mapping/to-message.ts'
import type { PageMessage, TrackMessage } from '../../protocol/message.ts'

const pageContext: PageContext = {
  now: Date.UTC(2026, 0, 2),
  userAgent: 'UA',
  locale: 'en-US',
  timezone: 'Europe/Warsaw',
  screen: { width: 1920, height: 1080, density: 2 },
  page: { path: '/shop', referrer: '', search: '?q=1', title: 'Shop', url: 'https://shop.example/shop?q=1' },
}
const { now, ...context } = pageContext
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
    assert.deepEqual(toMessage(type, { type, ...common, ...given }, pageContext), {
      type,
      ...expected,
      ...body,
    })
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
  const { integrations, traits, extra } = toMessage('track', event, pageContext)
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
    assert.equal(toMessage('track', { type: 'track', event: 'A', timestamp }, pageContext).timestamp, iso)
  })
}

test("a field of the event's own context wins whole over that of the page", () => {
  const event = {
    type: 'track',
    event: 'A',
    context: { screen: { width: 1 }, locale: 'pl', ip: '203.0.113.1' },
  }
  assert.deepEqual(toMessage('track', event, pageContext).context, {
    ...context,
    screen: { width: 1 },
    locale: 'pl',
    ip: '203.0.113.1',
  })
})

test('an id of null is absent, and a trait of null stays, because it clears', () => {
  const message = toMessage(
    'identify',
    { type: 'identify', userId: null, traits: { plan: null } },
    pageContext,
  )
  assert.equal('userId' in message, false)
  assert.deepEqual(message.traits, { plan: null })
})

test('traits, properties and context that are no objects count as absent', () => {
  assert.deepEqual(toMessage('identify', { type: 'identify', traits: 'text' }, pageContext).traits, {})
  assert.deepEqual(
    toMessage('track', { type: 'track', properties: null, context: 7 }, pageContext).properties,
    {},
  )
})

test('the event is neither changed nor shared, and every value is safe for JSON', () => {
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
  const message = toMessage('track', event, pageContext)
  const safe = { at: '1970-01-01T00:00:00.000Z', big: '1', n: null, list: [null] }
  assert.deepEqual(message.properties, safe)
  assert.deepEqual(Object.keys(event.properties), ['at', 'big', 'run', 'n', 'list'])
  assert.deepEqual(JSON.parse(JSON.stringify(message)), message)
})

test('an event with fields called __proto__ and constructor stays an ordinary one', () => {
  const event = JSON.parse(
    '{"type": "identify", "__proto__": {"userId": "x"}, "traits": {"__proto__": {"a": 1}, "constructor": 1}}',
  )
  const message = toMessage('identify', event, pageContext)
  assert.equal(message.userId, undefined)
  assert.equal(JSON.stringify(message.traits), '{"__proto__":{"a":1},"constructor":1}')
})

test('the type is that of the call', () => {
  assert.equal(toMessage('page', { type: 'track' }, pageContext).type, 'page')
})

test('an event without `page` in its context gets that of the page', () => {
  assert.deepEqual(
    toMessage('track', { type: 'track', event: 'A', context: {} }, pageContext).context.page,
    pageContext.page,
  )
})

test('`page` that Analytics.js supplies wins whole, with its canonical URL', () => {
  const page = { url: 'https://shop.example/canonical' }
  assert.deepEqual(
    toMessage('track', { type: 'track', event: 'A', context: { page } }, pageContext).context.page,
    page,
  )
})

const captured = toMessage(
  'track',
  { type: 'track', event: 'A', properties: { sku: 'A1' }, messageId: 'm1' },
  pageContext,
) as TrackMessage

test('enrichment that Analytics.js adds after the capture completes the context only', () => {
  const event = {
    type: 'track',
    event: 'A',
    properties: { sku: 'changed by the caller' },
    context: { page: { url: 'u' }, library: { name: 'analytics.js' } },
  }
  assert.deepEqual(withEnrichment(captured, event, false), {
    ...captured,
    context: { ...captured.context, page: { url: 'u' }, library: { name: 'analytics.js' } },
  })
})

test('properties that Analytics.js replaces after the capture are sent in their place', () => {
  const page = toMessage('page', { type: 'page', properties: { a: 1 } }, pageContext) as PageMessage
  const event = { type: 'page', properties: { a: 1, url: 'u' }, context: {} }
  assert.deepEqual(withEnrichment(page, event, true), { ...page, properties: { a: 1, url: 'u' } })
})

test('traits that are replaced after the capture get the names of UserEngage as well', () => {
  const identify = toMessage('identify', { type: 'identify', traits: {} }, pageContext)
  const event = { type: 'identify', traits: { firstName: 'Ada' } }
  assert.deepEqual(withEnrichment(identify, event, true).traits, { first_name: 'Ada' })
})

test('a message that the site has changed keeps type and messageId, and a time that it broke', () => {
  const changed = { ...captured, type: 'page', messageId: 'other', timestamp: 'soon', event: 'B' }
  assert.deepEqual(renormalised(changed, captured), { ...captured, event: 'B' })
})

test('a message that the site has changed gets the names of UserEngage again', () => {
  const identify = toMessage('identify', { type: 'identify', messageId: 'm2' }, pageContext)
  const changed = { ...identify, traits: { lastName: 'Lovelace' }, userId: null }
  assert.deepEqual(renormalised(changed, identify), { ...identify, traits: { last_name: 'Lovelace' } })
})

test('a message that the site has changed keeps the consent of its visitor', () => {
  const consent = { categoryPreferences: { C0002: true } }
  const original = { ...captured, context: { consent } }
  assert.deepEqual(renormalised({ ...captured, context: {} }, original).context, { consent })
})
