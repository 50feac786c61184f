import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { watchEarlyCapture } from '../../lib/segment/early-capture.ts'
import type { Host, HostQueue } from '../../lib/segment/types.ts'

const enrichment = { name: 'Page Enrichment', type: 'before' }
const segment = { name: 'Segment.io', type: 'destination' }

/** Critical tasks as those of Analytics.js: `done` is the promise of the latest task. */
function createTasks() {
  let last: Promise<unknown> | undefined
  return {
    done: () => last,
    run(): () => void {
      let end = (): void => {}
      last = new Promise<void>((resolve) => {
        end = resolve
      })
      return end
    },
  }
}
const watch = (queue?: HostQueue): (() => boolean) => watchEarlyCapture({ queue } as Host)
const idle: HostQueue = { criticalTasks: createTasks() }

for (const [what, plugins, is] of [
  ['no plugin', [], true],
  ['what Analytics.js itself registers', [enrichment, segment], true],
  [
    'other destinations and utilities',
    [segment, { name: 'x', type: 'utility' }, { name: 'y', type: 'after' }],
    true,
  ],
  ['a source middleware', [enrichment, { name: 'Source Middleware drop', type: 'before' }], false],
  ['a tracking plan', [enrichment, { name: 'Schema Filter', type: 'before' }], false],
  ['an enrichment', [enrichment, { name: 'redact', type: 'enrichment' }], false],
] as const) {
  test(`with ${what} registered, a call ${is ? 'may' : 'must not'} be captured early`, () => {
    assert.equal(watch({ ...idle, plugins: [...plugins] })(), is)
  })
}

test('a plugin that is registered later counts from then on, and no longer once it is removed', () => {
  const plugins = [enrichment]
  const mayCapture = watch({ ...idle, plugins })
  assert.equal(mayCapture(), true)
  plugins.push({ name: 'Source Middleware drop', type: 'before' })
  assert.equal(mayCapture(), false)
  plugins.pop()
  assert.equal(mayCapture(), true)
})

test('while a source middleware is being registered, no call may be captured early', async () => {
  const criticalTasks = createTasks()
  const mayCapture = watch({ criticalTasks, plugins: [] })
  assert.equal(mayCapture(), true)
  for (let registration = 0; registration < 2; registration++) {
    const end = criticalTasks.run()
    assert.equal(mayCapture(), false)
    await turn()
    assert.equal(mayCapture(), false)
    end()
    await turn()
    assert.equal(mayCapture(), true)
  }
})

test('a registration that began before the plugin was loaded counts as well', async () => {
  const criticalTasks = createTasks()
  const end = criticalTasks.run()
  const mayCapture = watch({ criticalTasks, plugins: [] })
  assert.equal(mayCapture(), false)
  end()
  await turn()
  assert.equal(mayCapture(), true)
})

for (const [what, queue] of [
  ['no queue', undefined],
  ['a queue without plugins', idle],
  ['a queue without critical tasks', { plugins: [] }],
  ['an empty queue', {}],
] as const) {
  test(`where Analytics.js has ${what}, no call may be captured early`, () => {
    assert.equal(watch(queue as HostQueue | undefined)(), false)
  })
}

test('critical tasks of an unknown shape throw nothing', () => {
  assert.doesNotThrow(watch({ criticalTasks: {}, plugins: [] }))
})
