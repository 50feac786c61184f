import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/message.ts'
import { minute, settled } from '../support/clock.ts'
import { networkError, never } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const secret = (id: string): Message => message(id, 'track', { secret: true })
const transform = ({ context: _, ...given }: Message): Message | undefined =>
  given.messageId === 'drop' ? undefined : ({ ...given, context: { safe: true } } as Message)

/** An `enrich` that knows everything only when the test says so. */
function createEnrich() {
  let agent = 'partly known'
  let end = (): void => {}
  const isReady = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    end() {
      agent = 'known'
      end()
    },
    enrich: {
      withKnown: (given: Message): Message => ({ ...given, context: { ...given.context, agent } }),
      whenReady: () => isReady,
    },
  }
}
const everything = ({ stored }: ReturnType<typeof createSite>): string =>
  JSON.stringify([...stored.journal, ...stored.database])

test('nothing is stored before the site has transformed it, and then as it was transformed', async () => {
  const site = createSite()
  const { enrich, end } = createEnrich()
  const { capture, enqueue, told } = site.open([never], { transform, enrich })
  enqueue(secret('a'), capture(secret('a')))
  enqueue(secret('b'))
  await settled()
  assert.equal(everything(site), '[]')
  assert.deepEqual(told, [])
  end()
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.match(everything(site), /safe.*safe/)
  assert.doesNotMatch(everything(site), /secret|agent/)
})

test('each message is transformed once, however often it is sent, with everything known of the browser', async () => {
  const { clock, open } = createSite()
  const { enrich, end } = createEnrich()
  end()
  const transformed: unknown[] = []
  const { add, told } = open([networkError, networkError], {
    enrich,
    transform(given) {
      transformed.push([given.messageId, given.context.agent])
      return given
    },
  })
  add('a')
  await clock.advance(minute)
  assert.deepEqual(transformed, [['a', 'known']])
  assert.equal(told.at(-1), 'delivered a')
})

test('a message that the site drops is told with a reason, and counted', async () => {
  const { open } = createSite()
  const { add, told, stats, flush } = open([], { transform })
  add('a', 'drop', 'b')
  assert.equal(await flush(), true)
  assert.deepEqual(
    told.filter((line) => !line.startsWith('sent')),
    ['dropped drop beforeSend', 'delivered a', 'delivered b'],
  )
  assert.deepEqual(stats().dropped, { beforeSend: 1 })
})

test('as the page ends, each message that waits for its transform gets it, is stored, and goes at once', async () => {
  const site = createSite()
  const { enrich } = createEnrich()
  const { capture, enqueue, onPageHide, told } = site.open([never, never, never], { transform, enrich })
  enqueue(secret('a'))
  capture(secret('b'))
  enqueue(secret('drop'))
  onPageHide(false)
  assert.deepEqual(told, ['dropped drop beforeSend', 'sent a at exit', 'sent b at exit'])
  const entries = [...site.stored.journal].filter(([key]) => key.startsWith('userengage:1:'))
  assert.deepEqual(
    entries.map(([, text]) => JSON.parse(text).messageId),
    ['a', 'b'],
  )
  assert.doesNotMatch(everything(site), /secret/)
})

test('after the page has ended, a call still goes, transformed', () => {
  const site = createSite()
  const { enrich } = createEnrich()
  const { capture, enqueue, onPageHide, told } = site.open([never, never], { transform, enrich })
  onPageHide(false)
  capture(secret('a'))
  enqueue(secret('b'))
  assert.deepEqual(told, ['sent a at exit', 'sent b at exit'])
  assert.doesNotMatch(everything(site), /secret/)
})

test('a discarded call is forgotten before the site transforms it', async () => {
  const { open } = createSite()
  const { capture, discard, flush, told } = open([], {
    transform: () => assert.fail('the call was not meant for this destination'),
  })
  const captured = capture(secret('a'))
  const flushed = flush()
  if (captured) discard(captured)
  assert.equal(await flushed, true)
  assert.deepEqual(told, [])
})
