import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceEvent } from '../../lib/mapping/to-message.ts'
import { type DestinationMiddleware, passThrough } from '../../lib/segment/middleware.ts'

const event = (): SourceEvent => ({
  type: 'track',
  event: 'Paid',
  messageId: 'm1',
  timestamp: new Date(0),
  properties: { card: '4111' },
})
const pass = (...middleware: DestinationMiddleware[]): Promise<SourceEvent | undefined> =>
  passThrough(middleware, event(), 'UserEngage')

test('without middleware an event passes as it is', async () => assert.deepEqual(await pass(), event()))

test('each middleware gets the payload of the one before, with the name of the destination', async () => {
  const seen: unknown[] = []
  const passed = await pass(
    ({ payload, integration, next }) => {
      seen.push(integration, payload.obj.properties.card)
      payload.obj.properties.card = '…'
      next(payload)
    },
    async ({ payload, next }) => {
      await null
      seen.push(payload.obj.properties.card)
      next({ obj: { ...payload.obj, event: 'Paid safely' } })
    },
  )
  assert.deepEqual(seen, ['UserEngage', '4111', '…'])
  assert.deepEqual(passed, { ...event(), event: 'Paid safely', properties: { card: '…' } })
})

test('the event of the other destinations is not changed', async () => {
  const given = event()
  await passThrough(
    [
      ({ payload, next }) => {
        payload.obj.properties.card = '…'
        payload.obj.event = 'Other'
        next(payload)
      },
    ],
    given,
    'UserEngage',
  )
  assert.deepEqual(given, event())
})

for (const [what, middleware] of [
  ['returns without calling next', () => {}],
  ['returns null', async () => null],
  ['calls next(null)', ({ next }) => next(null)],
  ['calls next()', ({ next }) => next()],
] as [string, DestinationMiddleware][]) {
  test(`a middleware that ${what} drops the event, and those after it do not run`, async () => {
    let hasRun = false
    const after: DestinationMiddleware = ({ payload, next }) => {
      hasRun = true
      next(payload)
    }
    assert.equal(await pass(middleware, after), undefined)
    assert.equal(hasRun, false)
  })
}

test('an error that a middleware throws rejects', async () => {
  const failing = (): void => {
    throw new Error('oops')
  }
  await assert.rejects(pass(failing), /oops/)
})

test('a middleware that calls next twice rejects, as its second payload would silently win', async () => {
  await assert.rejects(
    pass(({ payload, next }) => {
      next(payload)
      next({ obj: { ...payload.obj, event: 'Second' } })
    }),
    /next\(\) was called twice by one destination middleware/,
  )
})

test('two middleware that call next once each pass', async () => {
  const once: DestinationMiddleware = ({ payload, next }) => next(payload)
  assert.deepEqual(await pass(once, once), event())
})
