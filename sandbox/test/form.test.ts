import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorMessage, messageOf, openAccount } from './support/sandbox.ts'

const identify = { type: 'identify', traits: { plan: 'pro' } }
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** Malformed bodies, each with the expected status and a word of the answer. */
const malformed: [name: string, body: unknown, status: number, names: RegExp][] = [
  ['no body', '', 400, /not JSON/],
  ['broken JSON', '{"type":', 400, /not JSON/],
  ['an array', [], 400, /JSON object/],
  ['null', null, 400, /JSON object/],
  ['a text', '"hello"', 400, /JSON object/],
  ['no type', messageOf({}), 400, /"type"/],
  ['an empty type', messageOf({ type: '' }), 400, /"type"/],
  ['a number as type', messageOf({ type: 5 }), 400, /"type"/],
  ['an alias', messageOf({ type: 'alias' }), 501, /"alias"/],
  ['a screen', messageOf({ type: 'screen' }), 501, /"screen"/],
  ['no messageId', messageOf({ ...identify, messageId: undefined }), 400, /"messageId"/],
  ['a number as messageId', messageOf({ ...identify, messageId: 1 }), 400, /"messageId"/],
  ['no id of a user', messageOf({ ...identify, userId: undefined }), 400, /"userId" nor "anonymousId"/],
  ['empty ids of a user', messageOf({ ...identify, userId: '', anonymousId: null }), 400, /"anonymousId"/],
  ['an object as userId', messageOf({ ...identify, userId: {}, anonymousId: 'x' }), 400, /"userId"/],
  ['a text as traits', messageOf({ ...identify, traits: 'pro' }), 400, /"traits"/],
  ['an array as traits', messageOf({ ...identify, traits: ['pro'] }), 400, /"traits"/],
  ['a text as context', messageOf({ ...identify, context: 'none' }), 400, /"context"/],
  ['a text as properties', messageOf({ type: 'page', properties: 'none' }), 400, /"properties"/],
  ['a timestamp that is no time', messageOf({ ...identify, timestamp: 'soon 1' }), 400, /"timestamp"/],
  ['an event without a name', messageOf({ type: 'track' }), 400, /"event"/],
  ['an event with a blank name', messageOf({ type: 'track', event: ' ' }), 400, /"event"/],
  ['a group without an id', messageOf({ type: 'group' }), 400, /"groupId"/],
  ['500,000 levels of arrays', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 400, /nested/],
  ['10,000 levels of nesting', `{"type":"identify","traits":${nested(10_000)}}`, 400, /nested/],
]
for (const [name, body, status, names] of malformed) {
  test(`${name} is answered ${status}, logged and not applied`, async () => {
    const account = await openAccount()
    const text = typeof body === 'string' ? body : JSON.stringify(body)

    const response = await account.post(text)

    assert.equal(response.status, status)
    assert.match(await errorMessage(response), names)
    const entry = await account.lastMessage()
    assert.equal(entry.status, status)
    assert.deepEqual(entry.changes, [])
    assert.deepEqual(await account.users(), [])
  })
}

test('the log keeps the parsed body, or the text if it is not JSON', async () => {
  const account = await openAccount()
  await account.post('{"type": ')
  await account.post('{"type": "alias"}')
  assert.deepEqual(
    (await account.messages()).map(({ body }) => body),
    ['{"type": ', { type: 'alias' }],
  )
})

test('a refused message may be sent again, corrected', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', messageId: 'm', traits: 'wrong' })
  await account.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  const { status, repeated } = await account.lastMessage()
  assert.deepEqual([status, repeated], [200, false])
  assert.equal((await account.profile()).plan, 'pro')
})

const limit = 1024 * 1024
for (const [character, bytes] of [
  ['a', 1],
  ['ż', 2],
] as const) {
  test(`the sandbox accepts 1 MB and no byte more, with characters of ${bytes} byte`, async () => {
    const account = await openAccount()
    const padded = (size: number): string => {
      const empty = JSON.stringify(messageOf({ type: 'identify', traits: { text: '' }, messageId: 'm' }))
      const room = size - Buffer.byteLength(empty)
      const text = 'a'.repeat(room % bytes) + character.repeat(Math.floor(room / bytes))
      return empty.replace('"text":""', `"text":"${text}"`)
    }
    assert.equal((await account.post(padded(limit + 1))).status, 413)
    assert.equal((await account.post(padded(limit))).status, 200)
    assert.deepEqual(
      (await account.messages()).map(({ status }) => status),
      [413, 200],
    )
  })
}
