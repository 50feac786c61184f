import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, MessageType } from '../../protocol/message.ts'
import { minute, settled } from '../support/clock.ts'
import { createConnection, delivered, later, misconfigured, never, refused, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

/** Track calls with the numbers from 0 on as their ids, with others in the place of some. */
const queueOf = (count: number, others: Record<number, Message> = {}): Message[] =>
  Array.from({ length: count }, (_, index) => others[index] ?? by('ada', index))

const by = (userId: string, id: number, type?: MessageType): Message =>
  ({ ...message(String(id), type), anonymousId: 'a1', userId }) as Message

const byVisitor = (anonymousId: string, id: number): Message =>
  ({ ...message(String(id)), anonymousId }) as Message

const sent = (told: string[]): string[] =>
  told.filter((line) => line.startsWith('sent')).map((line) => line.split(' ')[1] ?? '')

/** Long whatever becomes of the first ones. */
const long = 210

test('with two hundred waiting, they go one after the other', async () => {
  const { enqueue, told, stats } = createSite().open([delivered, delivered, never])
  for (const each of queueOf(200)) enqueue(each)
  await settled()
  assert.deepEqual(sent(told), ['0', '1', '2'])
  assert.equal(stats().inFlight, 1)
})

test('with more than two hundred waiting, four go side by side once one is delivered', async () => {
  const { enqueue, told, stats } = createSite().open([delivered, ...Array(99).fill(never)])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  assert.deepEqual(sent(told), ['0', '1', '2', '3', '4'])
  assert.deepEqual([stats().inFlight, stats().queued], [4, long - 5])
})

test('the first message goes alone, before anybody is known', async () => {
  const { enqueue, told } = createSite().open([never])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  assert.deepEqual(sent(told), ['0'])
})

test('each answer lets the next message go, and each is delivered once', async () => {
  const answers = Array.from({ length: 4 }, later)
  const { enqueue, flush, told, stats } = createSite().open([
    delivered,
    ...answers.map(({ answer }) => answer),
  ])
  for (const each of queueOf(300)) enqueue(each)
  const flushed = flush()
  await settled()
  answers[2]?.say(delivered)
  await settled()
  assert.equal(stats().inFlight, 3, 'of those that overtake one that waits, no more than three are in flight')
  for (const { say } of answers) say(delivered)
  assert.equal(await flushed, true)
  assert.deepEqual(
    sent(told).sort((a, b) => Number(a) - Number(b)),
    queueOf(300).map(({ messageId }) => messageId),
  )
  assert.equal(stats().delivered, 300)
})

test('a queue that was long once is drained side by side to its end', async () => {
  const last = Array.from({ length: 3 }, later)
  const script = [...Array(long - 3).fill(delivered), ...last.map(({ answer }) => answer)]
  const { enqueue, told, stats } = createSite().open(script)
  for (const each of queueOf(long)) enqueue(each)
  while (sent(told).length < long) await settled()
  assert.equal(stats().inFlight, 3)
})

test('a queue that was short when an identify call was answered is drained one after the other', async () => {
  const { enqueue, told, stats } = createSite().open([...Array(60).fill(delivered), never])
  for (const each of queueOf(long, { 50: by('ada', 50, 'identify') })) enqueue(each)
  while (sent(told).length < 61) await settled()
  await settled()
  assert.deepEqual([sent(told).length, stats().inFlight], [61, 1])
})

for (const [what, type] of [
  ['an identify call', 'identify'],
  ['a group call', 'group'],
] as const) {
  test(`${what} waits for those before it, and those behind it wait for its answer`, async () => {
    const [before, its] = [later(), later()]
    const script = [delivered, delivered, before.answer, its.answer, ...Array(99).fill(never)]
    const { enqueue, told, stats } = createSite().open(script)
    for (const each of queueOf(long, { 3: by('ada', 3, type) })) enqueue(each)
    await settled()
    assert.deepEqual(sent(told), ['0', '1', '2'])
    before.say(delivered)
    await settled()
    assert.deepEqual(sent(told), ['0', '1', '2', '3'])
    assert.equal(stats().inFlight, 1)
    its.say(delivered)
    await settled()
    assert.deepEqual(sent(told).slice(4), ['4', '5', '6', '7'])
  })
}

for (const [what, who] of [
  ['another user', (id) => by(id < 2 ? 'ada' : 'bob', id)],
  ['another visitor whom nobody has identified', (id) => byVisitor(id < 2 ? 'a1' : 'a2', id)],
  ['a visitor who was identified midway', (id) => (id < 2 ? byVisitor('a1', id) : by('ada', id))],
] as [string, (id: number) => Message][]) {
  test(`${what} goes alone until the endpoint has answered to it`, async () => {
    const [before, first] = [later(), later()]
    const script = [delivered, before.answer, first.answer, ...Array(99).fill(never)]
    const { enqueue, told } = createSite().open(script)
    for (const each of queueOf(long).map((_, id) => who(id))) enqueue(each)
    await settled()
    assert.deepEqual(sent(told), ['0', '1'])
    before.say(delivered)
    await settled()
    assert.deepEqual(sent(told), ['0', '1', '2'])
    first.say(delivered)
    await settled()
    assert.deepEqual(sent(told).slice(3), ['3', '4', '5', '6'])
  })
}

test('page and track calls go side by side, and a user whose anonymousId has changed is the same user', async () => {
  const { enqueue, told } = createSite().open([delivered, ...Array(99).fill(never)])
  const page = { ...by('ada', 2, 'page'), anonymousId: 'a2' } as Message
  for (const each of queueOf(long, { 2: page })) enqueue(each)
  await settled()
  assert.deepEqual(sent(told), ['0', '1', '2', '3', '4'])
})

test('after a failure the messages go one after the other', async () => {
  const { clock, open } = createSite()
  const four = Array.from({ length: 4 }, later)
  const script = [delivered, ...four.map(({ answer }) => answer), ...Array(5).fill(delivered), never]
  const { enqueue, told, stats } = open(script)
  for (const each of queueOf(203)) enqueue(each)
  await settled()
  four.shift()?.say(status(503))
  for (const { say } of four) say(delivered)
  await clock.advance(5000)
  assert.deepEqual(sent(told).slice(5), ['1', '5', '6', '7', '8', '9'])
  assert.equal(stats().inFlight, 1)
})

test('a neighbour of a failed request that is delivered later does not let others overlap', async () => {
  const { clock, open } = createSite()
  const [failing, ...neighbours] = [later(), later(), later(), later()]
  const script = [delivered, failing?.answer ?? never, ...neighbours.map(({ answer }) => answer)]
  const { enqueue, told } = open([...script, ...Array(9).fill(never)])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  failing?.say(status(503))
  await clock.advance(5000)
  for (const { say } of neighbours) say(delivered)
  await settled()
  assert.deepEqual(sent(told).slice(5), ['1'])
})

test('four that fail side by side count as one failure', async () => {
  const { clock, open } = createSite()
  const four = Array.from({ length: 4 }, later)
  const { enqueue, told } = open([delivered, ...four.map(({ answer }) => answer), status(503)])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  for (const { say } of four) say(status(503))
  await clock.advance(minute)
  assert.deepEqual(
    told.filter((line) => line.startsWith('retrying')).map((line) => line.split(' in ')[1]),
    ['5000', '5000', '5000', '5000', '10000'],
  )
})

test('the pause that the server asks for holds for those that went beside it', async () => {
  const { clock, open } = createSite()
  const four = Array.from({ length: 4 }, later)
  const { enqueue, flush, told, stats } = open([delivered, ...four.map(({ answer }) => answer)])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  four.shift()?.say(status(503, 7000))
  for (const { say } of four) say(delivered)
  await clock.advance(6999)
  assert.deepEqual(sent(told), ['0', '1', '2', '3', '4'])
  assert.deepEqual([stats().inFlight, stats().queued], [0, long - 4])
  await clock.advance(1)
  assert.equal(await flush(), true)
  assert.deepEqual([stats().delivered, stats().retried, stats().dropped], [long, 1, {}])
})

test('a wrong set-up ends with the first neighbour that is delivered', async () => {
  const four = Array.from({ length: 4 }, later)
  const { enqueue, flush, stats } = createSite().open([delivered, ...four.map(({ answer }) => answer)])
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  four.shift()?.say(misconfigured)
  for (const { say } of four) say(delivered)
  await settled()
  assert.equal(await flush(), true)
  assert.deepEqual([stats().delivered, stats().retried, stats().dropped], [long, 1, {}])
})

test('offline, nothing more goes beside those in flight', async () => {
  const connection = createConnection()
  const four = Array.from({ length: 4 }, later)
  const { enqueue, flush, line, stats } = createSite().open(
    [delivered, ...four.map(({ answer }) => answer)],
    { connection },
  )
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  connection.set(true)
  for (const { say } of four) say(delivered)
  await settled()
  assert.equal(line.sent.length, 5)
  connection.set(false)
  assert.equal(await flush(), true)
  assert.equal(stats().delivered, long)
})

test('a message that is refused beside others is dropped, and they are delivered', async () => {
  const { enqueue, flush, told, stats } = createSite().open([delivered, delivered, refused])
  for (const each of queueOf(long)) enqueue(each)
  assert.equal(await flush(), true)
  assert.deepEqual(
    told.filter((line) => line.startsWith('dropped')),
    ['dropped 2 refused 400'],
  )
  assert.deepEqual([stats().delivered, stats().dropped], [long - 1, { refused: 1 }])
})

test('as the page ends, the messages in flight do not go again', async () => {
  const script = [delivered, ...Array(4).fill(never), never, ...Array(long).fill('no room')]
  const { enqueue, onPageHide, line, stats } = createSite().open(script)
  for (const each of queueOf(long)) enqueue(each)
  await settled()
  onPageHide(false)
  assert.deepEqual(line.sentAtExit, ['5'])
  assert.deepEqual([stats().inFlight, stats().queued, stats().delivered], [5, long - 6, 1])
})

test('messages that were in flight as the page ended are delivered by the next page, before those behind them', async () => {
  const site = createSite()
  const left = site.open([delivered, ...Array(4).fill(never), ...Array(long).fill('no room')])
  for (const each of queueOf(long)) left.enqueue(each)
  await settled()
  left.onPageHide(false)
  left.crash()
  const { flush, told, stats } = site.open()
  await settled()
  assert.equal(await flush(), true)
  assert.deepEqual(sent(told).slice(0, 4), ['1', '2', '3', '4'])
  assert.equal(stats().delivered, long - 1)
})
