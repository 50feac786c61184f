import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutQuery } from '../../lib/mapping/without-query.ts'
import type { Message, PageMessage } from '../../protocol/message.ts'

const page = {
  url: 'https://shop.example/list?q=secret#secret',
  path: '/list',
  search: '?q=secret',
  referrer: 'https://shop.example/?q=secret',
  title: 'A shop?',
}
const full = (type: Message['type']): Message =>
  ({
    type,
    messageId: 'm1',
    timestamp: '2026-01-01T00:00:00.000Z',
    ...(type === 'track' && { event: 'Searched?' }),
    ...(type === 'page' || type === 'track'
      ? { properties: { ...page, total: 12 } }
      : { traits: { a: '?' } }),
    context: { page: { ...page }, locale: 'en' },
  }) as Message
const cut = {
  url: 'https://shop.example/list',
  path: '/list',
  referrer: 'https://shop.example/',
  title: 'A shop?',
}

for (const type of ['page', 'track', 'identify', 'group'] as const) {
  test(`${type}: addresses lose query and fragment, and all else stays`, () => {
    const message = full(type)
    const redacted = withoutQuery(message)
    assert.deepEqual(redacted, {
      ...message,
      ...('properties' in message && { properties: { ...cut, total: 12 } }),
      context: { page: cut, locale: 'en' },
    })
    assert.ok(!JSON.stringify(redacted).includes('secret'))
  })
}

test('the message that is given is not changed', () => {
  const message = full('page')
  withoutQuery(message)
  assert.deepEqual(message, full('page'))
})

for (const [address, expected] of [
  ['', ''],
  ['https://shop.example/', 'https://shop.example/'],
  ['https://shop.example?secret', 'https://shop.example'],
  ['https://shop.example/#/route?secret', 'https://shop.example/'],
  ['/list?a\nb#c', '/list'],
  ['?secret', ''],
  ['https://shop.example/a%3Fb', 'https://shop.example/a%3Fb'],
  [{ href: '/?secret' }, undefined],
  [['/?secret'], undefined],
  [null, undefined],
] as const) {
  test(`${JSON.stringify(address)} becomes ${JSON.stringify(expected)}`, () => {
    const message = { ...full('page'), properties: { url: address } } as unknown as Message
    assert.equal((withoutQuery(message) as PageMessage).properties.url, expected)
  })
}

test('a message without page and properties is as before', () => {
  const message = { type: 'page', messageId: 'm1', context: { page: null } } as unknown as Message
  assert.deepEqual(withoutQuery(message), message)
})
