import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyBeforeSend } from '../../lib/policy/before-send.ts'
import type { Message, TrackMessage } from '../../protocol/message.ts'

const message = (): TrackMessage => ({
  type: 'track',
  ...{ event: 'Paid', messageId: 'm1', timestamp: '2026-01-01T00:00:00.000Z', userId: 'u1' },
  properties: { card: '4111', total: 12 },
  context: { locale: 'en-US', page: { url: 'https://shop.example/' } },
})

/** What becomes of the message, and what the developer is told. */
function apply(beforeSend: (message: Message) => unknown): [Message | undefined, string[]] {
  const told: string[] = []
  return [applyBeforeSend(beforeSend, message(), (...words) => void told.push(words.join(' '))), told]
}

test('what it changes in place is what goes', () => {
  const [sent, told] = apply((given) => {
    delete (given as TrackMessage).properties.card
    delete given.context.locale
    return given
  })
  const { properties, context, ...rest } = message()
  assert.deepEqual(sent, { ...rest, properties: { total: 12 }, context: { page: context.page } })
  assert.deepEqual(told, [])
})

test('a copy with changes goes as well, made safe for JSON', () => {
  const [sent] = apply((given) => ({
    ...given,
    properties: { at: new Date(0), big: 10n, run() {}, nan: Number.NaN },
    timestamp: new Date(1),
  }))
  assert.deepEqual(sent, {
    ...message(),
    properties: { at: '1970-01-01T00:00:00.000Z', big: '10', nan: null },
    timestamp: '1970-01-01T00:00:00.001Z',
  })
})

test('the id stays, and so does a time that is no longer one', () => {
  const [sent] = apply((given) => ({ ...given, messageId: 'other', timestamp: 'soon' }))
  assert.deepEqual(sent, message())
  assert.equal(apply(({ messageId, ...given }) => given)[0]?.messageId, 'm1')
})

test('what it removes whole is empty, so that a receiver can read the message', () => {
  const [sent] = apply(({ context, properties, ...given }) => given)
  assert.deepEqual([sent?.context, (sent as TrackMessage).properties], [{}, {}])
})

test('null drops, and tells nobody of an error', () =>
  assert.deepEqual(
    apply(() => null),
    [undefined, []],
  ))

for (const [what, nonsense] of [
  ['nothing', () => undefined],
  ['true', () => true],
  ['a text', () => 'redacted'],
  ['an array', () => []],
  ['an empty object', () => ({})],
  ['a promise', async (given: Message) => given],
  ['another type', (given: Message) => ({ ...given, type: 'page' })],
] as const) {
  test(`where it returns ${what}, the message is dropped, and the developer told`, () => {
    const [sent, told] = apply(nonsense)
    assert.equal(sent, undefined)
    assert.match(told.join(), /^beforeSend must return the message, or null/)
  })
}

for (const [what, failing] of [
  [
    'throws',
    () => {
      throw new Error('oops')
    },
  ],
  [
    'returns what cannot be read',
    () => ({
      get type() {
        throw new Error('oops')
      },
    }),
  ],
] as const) {
  test(`where it ${what}, the message is dropped, and the developer told why`, () => {
    const [sent, told] = apply(failing)
    assert.equal(sent, undefined)
    assert.match(told.join(), /^beforeSend threw: .*oops/)
  })
}

test('the message that it is given is a copy', () => {
  const given = message()
  applyBeforeSend(
    (copy) => {
      for (const part of [copy, copy.context, copy.context.page ?? {}])
        for (const key of Object.keys(part)) delete (part as Record<string, unknown>)[key]
      return null
    },
    given,
    () => {},
  )
  assert.deepEqual(given, message())
})
