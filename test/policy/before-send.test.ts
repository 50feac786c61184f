import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyBeforeSend } from '../../lib/policy/before-send.ts'
import type { Message, TrackMessage } from '../../protocol/message.ts'

const message = (): TrackMessage => ({
  type: 'track',
  event: 'Paid',
  messageId: 'm1',
  timestamp: '2026-01-01T00:00:00.000Z',
  userId: 'u1',
  properties: { card: '4111', total: 12 },
  context: { locale: 'en-US', page: { url: 'https://shop.example/' } },
})

/** The message as it would be sent, and the errors for the developer. */
function apply(beforeSend: (message: Message) => unknown): [Message | undefined, string[]] {
  const errors: string[] = []
  return [applyBeforeSend(beforeSend, message(), (...words) => void errors.push(words.join(' '))), errors]
}

test('changes that beforeSend makes in place are sent', () => {
  const [sent, errors] = apply((given) => {
    delete (given as TrackMessage).properties.card
    delete given.context.locale
    return given
  })
  const { properties, context, ...others } = message()
  assert.deepEqual(sent, { ...others, properties: { total: 12 }, context: { page: context.page } })
  assert.deepEqual(errors, [])
})

test('a changed copy that beforeSend returns is sent, made safe for JSON', () => {
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

test('messageId stays, and a timestamp that is no time becomes the old one again', () => {
  const [sent] = apply((given) => ({ ...given, messageId: 'other', timestamp: 'soon' }))
  assert.deepEqual(sent, message())
  assert.equal(apply(({ messageId, ...given }) => given)[0]?.messageId, 'm1')
})

test('context and properties that beforeSend removes are empty objects, so that a receiver can read the message', () => {
  const [sent] = apply(({ context, properties, ...given }) => given)
  assert.deepEqual([sent?.context, (sent as TrackMessage).properties], [{}, {}])
})

test('null drops the message without an error', () =>
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
  test(`beforeSend that returns ${what} drops the message with an error`, () => {
    const [sent, errors] = apply(nonsense)
    assert.equal(sent, undefined)
    assert.match(errors.join(), /^beforeSend must return the message, or null/)
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
  test(`beforeSend that ${what} drops the message with an error`, () => {
    const [sent, errors] = apply(failing)
    assert.equal(sent, undefined)
    assert.match(errors.join(), /^beforeSend threw, so the message is dropped: .*oops/)
  })
}

test('beforeSend gets a copy of the message', () => {
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

const consent = { categoryPreferences: { C0002: true } }
const withConsent = { ...message(), context: { ...message().context, consent } }
const noError = (): void => assert.fail('no error was expected')

test('the consent stamp stays where beforeSend rebuilds the context, as every request checks it', () => {
  const rebuilt = applyBeforeSend((given) => ({ ...given, context: { locale: 'pl' } }), withConsent, noError)
  assert.deepEqual(rebuilt?.context, { locale: 'pl', consent })
  const removed = applyBeforeSend(({ context, ...given }) => given, withConsent, noError)
  assert.deepEqual(removed?.context, { consent })
})

test('a message without a consent stamp gets none', () => {
  assert.equal('consent' in (apply((given) => given)[0]?.context ?? {}), false)
})
