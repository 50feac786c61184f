import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/message.ts'
import { settled } from '../support/clock.ts'
import { never, unanswered } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const secret = (id: string): Message => message(id, 'track', { secret: true })
const finish = ({ context: _, ...given }: Message): Message | undefined =>
  given.messageId === 'drop' ? undefined : ({ ...given, context: { safe: true } } as Message)

/** A `complete` that knows all only when the test says so. */
function createComplete() {
  let known = (): void => {}
  const soon = new Promise<void>((resolve) => {
    known = resolve
  })
  const completed = (given: Message, agent: string): Message => ({
    ...given,
    context: { ...given.context, agent },
  })
  return {
    known: () => known(),
    complete: {
      now: (given: Message) => completed(given, 'now'),
      soon: (given: Message) => soon.then(() => completed(given, 'soon')),
    },
  }
}
const everything = ({ stored }: ReturnType<typeof createSite>): string =>
  JSON.stringify([...stored.journal, ...stored.database])

test('nothing is stored before it is finished, and then as it is finished', async () => {
  const site = createSite()
  const { complete, known } = createComplete()
  const { note, take, told } = site.open([never], { finish, complete })
  take(secret('a'), note(secret('a')))
  take(secret('b'))
  await settled()
  assert.equal(everything(site), '[]')
  assert.deepEqual(told, [])
  known()
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.match(everything(site), /safe.*safe/)
  assert.doesNotMatch(everything(site), /secret|agent/)
})

test('each message is finished once, whatever happens to it, with all that is known of it', async () => {
  const { clock, open } = createSite()
  const { complete, known } = createComplete()
  known()
  const finished: unknown[] = []
  const { take, told } = open([unanswered, unanswered], {
    complete,
    finish(given) {
      finished.push([given.messageId, given.context.agent])
      return given
    },
  })
  take(message('a'))
  await clock.advance(60_000)
  assert.deepEqual(finished, [['a', 'now']])
  assert.equal(told.at(-1), 'delivered a')
})

test('what is not finished off is dropped with a reason, and counted', async () => {
  const { open } = createSite()
  const { take, told, stats, flush } = open([], { finish })
  for (const id of ['a', 'drop', 'b']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(
    told.filter((line) => !line.startsWith('sent')),
    ['dropped drop beforeSend', 'delivered a', 'delivered b'],
  )
  assert.deepEqual(stats().dropped, { beforeSend: 1 })
})

test('as the page ends, what waits to be finished is finished and goes at once, stored first', async () => {
  const site = createSite()
  const { complete } = createComplete()
  const { note, take, leave, told } = site.open([never, never, never], { finish, complete })
  take(secret('a'))
  note(secret('b'))
  take(secret('drop'))
  leave()
  assert.deepEqual(told, ['dropped drop beforeSend', 'leaving with a', 'leaving with b'])
  assert.deepEqual(
    [...site.stored.journal.values()].map((text) => JSON.parse(text).messageId),
    ['a', 'b'],
  )
  assert.doesNotMatch(JSON.stringify([...site.stored.journal]), /secret/)
})

test('after the page has ended, what is called for still goes, finished', () => {
  const site = createSite()
  const { complete } = createComplete()
  const { note, take, leave, told } = site.open([never, never], { finish, complete })
  leave()
  note(secret('a'))
  take(secret('b'))
  assert.deepEqual(told, ['leaving with a', 'leaving with b'])
  assert.doesNotMatch(everything(site), /secret/)
})

test('a call that was not meant for here is forgotten before it is finished', async () => {
  const { open } = createSite()
  const { note, release, flush, told } = open([], { finish })
  const entry = note(secret('a'))
  const flushed = flush()
  if (entry) release(entry)
  assert.equal(await flushed, true)
  assert.deepEqual(told, [])
})
