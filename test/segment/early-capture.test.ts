import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createForesight, isMeantFor } from '../../lib/segment/early-capture.ts'
import type { Host, HostQueue } from '../../lib/segment/types.ts'
import { settled } from '../support/clock.ts'

const names = ['UserEngage', 'User.com', '“User.com”'] as const
const enrichment = { name: 'Page Enrichment', type: 'before' }
const segment = { name: 'Segment.io', type: 'destination' }

for (const [integrations, is] of [
  [undefined, true],
  [null, true],
  [{}, true],
  [{ All: true }, true],
  [{ All: false }, false],
  [{ All: null }, true],
  [{ All: 0 }, true],
  [{ Other: false }, true],
  [{ UserEngage: true, All: false }, true],
  [{ UserEngage: {}, All: false }, true],
  [{ UserEngage: { option: 1 } }, true],
  [{ UserEngage: false }, false],
  [{ UserEngage: false, All: true }, false],
  [{ UserEngage: false, 'User.com': true }, false],
  [{ UserEngage: null, All: false }, false],
  [{ UserEngage: null, 'User.com': true, All: false }, true],
  [{ 'User.com': true, All: false }, true],
  [{ 'User.com': false }, false],
  [{ 'User.com': false, '“User.com”': true }, true],
  [{ 'User.com': true, '“User.com”': false }, false],
  [{ 'User.com': true, '“User.com”': null, All: false }, false],
  [{ '“User.com”': undefined, 'User.com': false }, false],
  [{ userengage: false }, true],
  [{ UserEngage: 0 }, false],
  [{ UserEngage: '' }, false],
  [{ 'User.com': 0, All: true }, false],
] as const) {
  test(`integrations of ${JSON.stringify(integrations)} let a call ${is ? 'come' : 'not come'}`, () => {
    assert.equal(isMeantFor(names, integrations), is)
  })
}

/** Critical tasks as those of Analytics.js: the promise of the latest is kept when it is done. */
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
const foresee = (queue?: HostQueue): (() => boolean) => createForesight({ queue } as Host)
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
  test(`with ${what} registered, a call is ${is ? '' : 'not '}sure to come`, () => {
    assert.equal(foresee({ ...idle, plugins: [...plugins] })(), is)
  })
}

test('what is registered later counts from then on, and what is taken away no longer', () => {
  const plugins = [enrichment]
  const isSure = foresee({ ...idle, plugins })
  assert.equal(isSure(), true)
  plugins.push({ name: 'Source Middleware drop', type: 'before' })
  assert.equal(isSure(), false)
  plugins.pop()
  assert.equal(isSure(), true)
})

test('while a source middleware is being registered, no call is sure to come', async () => {
  const criticalTasks = createTasks()
  const isSure = foresee({ criticalTasks, plugins: [] })
  assert.equal(isSure(), true)
  for (let registration = 0; registration < 2; registration++) {
    const end = criticalTasks.run()
    assert.equal(isSure(), false)
    await settled()
    assert.equal(isSure(), false)
    end()
    await settled()
    assert.equal(isSure(), true)
  }
})

test('a registration that began before the plugin was loaded is waited for', async () => {
  const criticalTasks = createTasks()
  const end = criticalTasks.run()
  const isSure = foresee({ criticalTasks, plugins: [] })
  assert.equal(isSure(), false)
  end()
  await settled()
  assert.equal(isSure(), true)
})

for (const [what, queue] of [
  ['none', undefined],
  ['one without plugins', idle],
  ['one without critical tasks', { plugins: [] }],
  ['an empty one', {}],
] as const) {
  test(`with a queue of an unknown shape, no call is sure to come: ${what}`, () => {
    assert.equal(foresee(queue as HostQueue | undefined)(), false)
  })
}

test('the critical tasks of Analytics.js may be of another shape: nothing is thrown', () => {
  assert.doesNotThrow(foresee({ criticalTasks: {}, plugins: [] }))
})
