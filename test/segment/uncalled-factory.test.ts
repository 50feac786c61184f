import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { warnIfNeverCalled } from '../../lib/segment/uncalled-factory.ts'

let warnings: string[] = []

beforeEach(() => {
  warnings = []
  mock.method(console, 'warn', (text: string) => warnings.push(text))
  mock.timers.enable({ apis: ['setTimeout'] })
  Object.assign(globalThis, { document: {} })
})
afterEach(() => {
  mock.restoreAll()
  mock.timers.reset()
  Reflect.deleteProperty(globalThis, 'document')
})

const create = (): { factory: { pluginName?: string }; markCalled(): void } => {
  const factory: { pluginName?: string } = {}
  return { factory, markCalled: warnIfNeverCalled(factory, 'UserEngage') }
}

test('a factory whose name is read, and that nobody calls within 5 seconds, is a warning that says what to write', () => {
  const { factory } = create()
  assert.equal(factory.pluginName, 'UserEngage')
  mock.timers.tick(4999)
  assert.deepEqual(warnings, [])
  mock.timers.tick(1)
  assert.deepEqual(warnings, [
    '[UserEngage] plugins: [userEngage] does nothing; write plugins: [userEngage({ … })].',
  ])
})

test('however often the name is read, the warning comes once', () => {
  const { factory } = create()
  for (let read = 0; read < 3; read++) assert.equal(factory.pluginName, 'UserEngage')
  mock.timers.tick(10_000)
  assert.equal(factory.pluginName, 'UserEngage')
  mock.timers.tick(10_000)
  assert.equal(warnings.length, 1)
})

test('a factory that was called before, or is called within 5 seconds, causes no warning', () => {
  const before = create()
  before.markCalled()
  assert.equal(before.factory.pluginName, 'UserEngage')
  const later = create()
  assert.equal(later.factory.pluginName, 'UserEngage')
  mock.timers.tick(4000)
  later.markCalled()
  mock.timers.tick(10_000)
  assert.deepEqual(warnings, [])
})

test('a factory whose name nobody reads causes no warning', () => {
  create()
  mock.timers.tick(10_000)
  assert.deepEqual(warnings, [])
})

test('on a server no timer is started', () => {
  Reflect.deleteProperty(globalThis, 'document')
  const { factory } = create()
  assert.equal(factory.pluginName, 'UserEngage')
  mock.timers.tick(10_000)
  assert.deepEqual(warnings, [])
})
