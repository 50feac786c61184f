import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createEntry, type Entry } from '../../lib/delivery/entry.ts'
import type { SourceEvent } from '../../lib/mapping/to-message.ts'
import { type Capture, createCapture } from '../../lib/segment/capture.ts'
import type { DestinationMiddleware } from '../../lib/segment/middleware.ts'
import type { Host, HostContext } from '../../lib/segment/types.ts'
import type { Message, MessageType } from '../../protocol/message.ts'
import { idOf } from '../support/message.ts'

interface FakeHost extends Host {
  emitter: EventEmitter
  /** The first step of a call: Analytics.js reports it as it is made. */
  call(type: MessageType, event?: Partial<SourceEvent>): HostContext
  /** The last step of a call: Analytics.js is done with it. */
  done(context: HostContext): void
}

const sourceMiddleware = { name: 'Source Middleware drop', type: 'before' }
let calls = 0

/** An Analytics.js without any task of its own. */
function createHost(plugins: { name: string; type: string }[] = []): FakeHost {
  const emitter = new EventEmitter()
  const queueEmitter = new EventEmitter()
  return {
    emitter,
    on: (name, listener) => emitter.on(name, listener),
    off: (name, listener) => emitter.off(name, listener),
    emit: () => undefined,
    page: () => undefined,
    register: async () => {},
    queue: {
      plugins,
      criticalTasks: { done: () => undefined },
      on: (name, listener) => queueEmitter.on(name, listener),
    },
    call(type, event = {}) {
      const context = { event: { type, event: 'A', messageId: `m${++calls}`, ...event } }
      emitter.emit('dispatch_start', context)
      return context
    },
    done: (context) => void queueEmitter.emit('delivery_success', context),
  }
}

interface Setup {
  capture: Capture
  /** What capture asks of the delivery, in order: `capture m1`, `enqueue m1 (captured)`, … */
  log: string[]
  enqueued: Message[]
  errors: unknown[]
  debugLines: string[]
  pageCalls(): number
  /** Each message that was finished, with the place of its call. */
  orders: string[]
}

function setUp({ isBlocked = false, path = '/' } = {}): Setup {
  const log: string[] = []
  const enqueued: Message[] = []
  const errors: unknown[] = []
  const debugLines: string[] = []
  const orders: string[] = []
  let pageCalls = 0
  const entryOf = (message: Message): Entry =>
    createEntry(`key of ${message.messageId}`, message, { expiresAt: 0, isClaimed: false })
  const capture = createCapture(
    {
      capture(message) {
        log.push(`capture ${idOf(message)}`)
        return isBlocked ? undefined : entryOf(message)
      },
      enqueue(message, captured) {
        log.push(`enqueue ${idOf(message)}${captured ? ' (captured)' : ''}`)
        enqueued.push(message)
      },
      discard: ({ message }) => void log.push(`discard ${idOf(message)}`),
      drop: (message, { reason }) => void log.push(`drop ${idOf(message)} ${reason}`),
    },
    {
      names: ['UserEngage', 'User.com'],
      readPageContext: () => ({ now: Date.UTC(2026, 0, 1), page: { path } }),
      finish(message, order) {
        orders.push(`${idOf(message)} ${order}`)
        return message
      },
      onPageCall: () => void pageCalls++,
      onDebug: (text) => void debugLines.push(text),
      onError: (text, cause) => void errors.push([text, cause]),
    },
  )
  return {
    capture,
    log,
    enqueued,
    errors,
    debugLines,
    pageCalls: () => pageCalls,
    orders,
  }
}

/** A field of an event that counts how often the event is mapped. */
function counted(): { event: Partial<SourceEvent>; count(): number } {
  let count = 0
  const extra = {
    toJSON() {
      count++
      return 'extra'
    },
  }
  return { event: { extra }, count: () => count }
}

test('a call is captured as it is made, and enqueued when Analytics.js dispatches it', () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  assert.deepEqual(log, ['capture m'])
  capture.accept('track', context)
  host.done(context)
  assert.deepEqual(log, ['capture m', 'enqueue m (captured)'])
})

test('the event of a captured call is mapped once', () => {
  const { capture, log } = setUp()
  const host = createHost()
  const { event, count } = counted()
  capture.attach(host)
  capture.accept('track', host.call('track', { messageId: 'm', ...event }))
  assert.deepEqual(log, ['capture m', 'enqueue m (captured)'])
  assert.equal(count(), 1)
})

test('the event of a call that is not captured is mapped once as well', () => {
  const { capture } = setUp()
  const host = createHost([sourceMiddleware])
  const { event, count } = counted()
  capture.attach(host)
  capture.accept('track', host.call('track', event))
  assert.equal(count(), 1)
})

test('a call that Analytics.js filters is discarded', () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  host.done(host.call('track', { messageId: 'm' }))
  assert.deepEqual(log, ['capture m', 'discard m'])
})

test('a call on its way is still discarded after the plugin was deregistered', () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  capture.detach()
  host.done(context)
  host.call('track')
  assert.deepEqual(log, ['capture m', 'discard m'])
})

test('a call that consent blocks as it is made is enqueued without a captured message', () => {
  const { capture, log } = setUp({ isBlocked: true })
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  capture.accept('track', context)
  host.done(context)
  assert.deepEqual(log, ['capture m', 'enqueue m'])
})

for (const [what, plugins, event] of [
  ['a source middleware may drop it', [sourceMiddleware], {}],
  ['its integrations disable the destination', [], { integrations: { 'User.com': false } }],
  ['it is no call of the destination', [], { type: 'screen' }],
] as const) {
  test(`a call is not captured where ${what}`, () => {
    const { capture, log } = setUp()
    const host = createHost([...plugins])
    capture.attach(host)
    host.call('track', event)
    assert.deepEqual(log, [])
  })
}

test('each of two Analytics.js captures by its own source middleware', () => {
  const { capture, log } = setUp()
  const [guarded, open] = [createHost([sourceMiddleware]), createHost()]
  capture.attach(guarded)
  capture.attach(open)
  const dropped = guarded.call('track', { messageId: 'guarded' })
  open.call('track', { messageId: 'open' })
  guarded.done(dropped)
  assert.deepEqual(log, ['capture open'])
  capture.accept('track', guarded.call('track', { messageId: 'passed' }))
  assert.deepEqual(log, ['capture open', 'enqueue passed'])
})

test('a plugin that is registered twice with one Analytics.js captures and enqueues each call once', () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  capture.accept('track', context)
  capture.accept('track', context)
  assert.deepEqual(log, ['capture m', 'enqueue m (captured)'])
  capture.detach()
  assert.equal(host.emitter.listenerCount('dispatch_start'), 0)
})

test('what the page does to its own objects after the call does not matter', () => {
  const { capture, enqueued } = setUp()
  const host = createHost([sourceMiddleware])
  capture.attach(host)
  const properties = { sku: 'A1' }
  const context = host.call('track', { properties })
  properties.sku = 'changed'
  capture.accept('track', context)
  assert.deepEqual(enqueued[0]?.properties, { sku: 'A1' })
})

test('a captured message gets the context that Analytics.js has added since', () => {
  const { capture, enqueued } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { properties: { sku: 'A1' } })
  context.event.context = { page: { path: '/canonical' }, library: { name: 'analytics.js' } }
  capture.accept('track', context)
  assert.deepEqual(enqueued[0]?.context, { page: { path: '/canonical' }, library: { name: 'analytics.js' } })
  assert.deepEqual(enqueued[0]?.properties, { sku: 'A1' })
})

test('a captured page call gets the properties that Analytics.js has put in place since', () => {
  const { capture, enqueued } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('page', { properties: { a: 1 } })
  context.event.properties = { a: 1, url: 'u' }
  capture.accept('page', context)
  assert.deepEqual(enqueued[0]?.properties, { a: 1, url: 'u' })
})

test('a call that was made before the plugin was registered is enqueued with the page as it is now', () => {
  const { capture, log, enqueued } = setUp({ path: '/now' })
  capture.accept('track', { event: { type: 'track', event: 'A', messageId: 'm' } })
  assert.deepEqual(log, ['enqueue m'])
  assert.deepEqual(enqueued[0]?.context.page, { path: '/now' })
})

test('a page call is reported, for autoPage, and no other call', () => {
  const { capture, pageCalls } = setUp()
  const host = createHost()
  capture.attach(host)
  host.call('page')
  host.call('track')
  assert.equal(pageCalls(), 1)
})

for (const type of ['alias', 'screen']) {
  test(`${type} is ignored with a line for debugging`, () => {
    const { capture, log, debugLines } = setUp()
    capture.accept(type, { event: { type } })
    assert.deepEqual(log, [])
    assert.deepEqual(debugLines, [`"${type}" is not part of this destination: ignored`])
  })
}

test('an error within a call never reaches Analytics.js', () => {
  const { capture, errors } = setUp()
  const host = createHost()
  capture.attach(host)
  const oops = new Error('oops')
  const context = {
    get event(): SourceEvent {
      throw oops
    },
  }
  host.emitter.emit('dispatch_start', context)
  capture.accept('track', context)
  assert.deepEqual(errors, [
    ['A call could not be captured:', oops],
    ['A call could not be taken over:', oops],
  ])
})

test('with destination middleware nothing is captured, and a call that passes is enqueued', async () => {
  const { capture, log, enqueued } = setUp()
  const host = createHost()
  capture.attach(host)
  capture.addMiddleware(({ payload, next }) => {
    payload.obj.properties = { card: '…' }
    next(payload)
  })
  capture.accept('track', host.call('track', { messageId: 'm', properties: { card: '4111' } }))
  await turn()
  assert.deepEqual(log, ['enqueue m'])
  assert.deepEqual(enqueued[0]?.properties, { card: '…' })
})

test('a call that was captured before a middleware was added is discarded, and passes the middleware', async () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  capture.addMiddleware(({ payload, next }) => next(payload))
  capture.accept('track', context)
  await turn()
  assert.deepEqual(log, ['capture m', 'discard m', 'enqueue m'])
})

test('an asynchronous middleware is counted until it is done, and a later call does not prolong the wait', async () => {
  const { capture, log } = setUp()
  const gates: (() => void)[] = []
  const slow: DestinationMiddleware = async ({ payload, next }) => {
    await new Promise<void>((resolve) => gates.push(resolve))
    next(payload)
  }
  capture.addMiddleware(slow)
  const accept = (messageId: string): void =>
    capture.accept('track', { event: { type: 'track', event: 'A', messageId } })
  accept('first')
  assert.equal(capture.inMiddleware(), 1)
  const isFirstDone = capture.whenMiddlewareIsDone()
  accept('second')
  assert.equal(capture.inMiddleware(), 2)
  assert.deepEqual(log, [])
  gates[0]?.()
  await isFirstDone
  assert.deepEqual(log, ['enqueue first'])
  assert.equal(capture.inMiddleware(), 1)
  gates[1]?.()
  await capture.whenMiddlewareIsDone()
  assert.deepEqual(log, ['enqueue first', 'enqueue second'])
  assert.equal(capture.inMiddleware(), 0)
})

test('a message keeps the place of its call, however late a middleware passes it', async () => {
  const { capture, orders } = setUp()
  let pass = (): void => {}
  capture.addMiddleware(async ({ payload, next }) => {
    if (payload.obj.messageId === 'slow')
      await new Promise<void>((resolve) => {
        pass = resolve
      })
    next(payload)
  })
  for (const messageId of ['slow', 'quick']) {
    capture.accept('track', { event: { type: 'track', event: 'A', messageId } })
  }
  await turn()
  pass()
  await capture.whenMiddlewareIsDone()
  assert.deepEqual(orders, ['quick 2', 'slow 1'])
})

test('a middleware that drops or throws drops the message with the reason `middleware`', async () => {
  const { capture, log, errors } = setUp()
  const oops = new Error('oops')
  let isThrowing = false
  capture.addMiddleware(() => {
    if (isThrowing) throw oops
  })
  for (const messageId of ['dropped', 'thrown']) {
    isThrowing = messageId === 'thrown'
    capture.accept('track', { event: { type: 'track', event: 'A', messageId } })
    await capture.whenMiddlewareIsDone()
  }
  assert.deepEqual(log, ['drop dropped middleware', 'drop thrown middleware'])
  assert.deepEqual(errors, [['A destination middleware threw:', oops]])
  assert.equal(capture.inMiddleware(), 0)
})

test('clear drops a call that Analytics.js still has, and no later one', () => {
  const { capture, log } = setUp()
  const host = createHost([sourceMiddleware])
  capture.attach(host)
  const before = host.call('track', { messageId: 'before' })
  capture.clear()
  const after = host.call('track', { messageId: 'after' })
  capture.accept('track', before)
  capture.accept('track', after)
  assert.deepEqual(log, ['drop before cleared', 'enqueue after'])
})

test('clear leaves a call that was captured to the delivery, which drops it', () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  const context = host.call('track', { messageId: 'm' })
  capture.clear()
  capture.accept('track', context)
  assert.deepEqual(log, ['capture m'])
})

test('clear drops a call that a middleware still has', async () => {
  const { capture, log } = setUp()
  const host = createHost()
  capture.attach(host)
  capture.addMiddleware(async ({ payload, next }) => {
    await turn()
    next(payload)
  })
  capture.accept('track', host.call('track', { messageId: 'm' }))
  capture.clear()
  await capture.whenMiddlewareIsDone()
  assert.deepEqual(log, ['drop m cleared'])
})
