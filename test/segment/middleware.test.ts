import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceEvent } from '../../lib/mapping/to-message.ts'
import { type DestinationMiddleware, passThrough } from '../../lib/segment/middleware.ts'

const event = (): SourceEvent => ({
  ...{ type: 'track', event: 'Paid', messageId: 'm1', timestamp: new Date(0) },
  properties: { card: '4111' },
})
const pass = (...middleware: DestinationMiddleware[]): Promise<SourceEvent | undefined> =>
  passThrough(middleware, event(), 'UserEngage')

test('without middleware an event passes as it is', async () => assert.deepEqual(await pass(), event()))

test('each gets what the one before gave on, with the name of the destination', async () => {
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
  ['returns without a word', () => {}],
  ['returns null', async () => null],
  ['gives null on', ({ next }) => next(null)],
  ['gives nothing on', ({ next }) => next()],
] as [string, DestinationMiddleware][]) {
  test(`one that ${what} lets nothing pass, and those behind it hear of nothing`, async () => {
    let heard = false
    const behind: DestinationMiddleware = ({ payload, next }) => {
      heard = true
      next(payload)
    }
    assert.equal(await pass(middleware, behind), undefined)
    assert.equal(heard, false)
  })
}

test('one that throws rejects', async () => {
  const failing = (): void => {
    throw new Error('oops')
  }
  await assert.rejects(pass(failing), /oops/)
})
