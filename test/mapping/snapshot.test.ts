import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshot } from '../../lib/mapping/snapshot.ts'

test('a snapshot is equal, and independent of what becomes of the original', () => {
  const original = { list: [{ n: 1 }], at: new Date(0), nothing: null }
  const copy = snapshot(original)
  assert.deepEqual(copy, original)
  original.list[0] = { n: 2 }
  original.at.setTime(1)
  assert.deepEqual(copy, { list: [{ n: 1 }], at: new Date(0), nothing: null })
})

test('a snapshot contains functions, symbols and instances of classes as they are', () => {
  class Money {}
  const original = { run: () => 1, big: 1n, sign: Symbol('s'), money: new Money() }
  const copy = snapshot(original)
  assert.equal(copy.run, original.run)
  assert.equal(copy.money, original.money)
  assert.deepEqual(copy, original)
})

test('a snapshot keeps cycles, a getter’s value, a getter that throws, and __proto__', () => {
  const cycle: Record<string, unknown> = { value: 1 }
  cycle.self = cycle
  const copy = snapshot(cycle)
  assert.equal(copy.self, copy)
  let reads = 0
  const lively = snapshot({
    get now() {
      return ++reads
    },
    get broken() {
      return assert.fail('thrown by the getter')
    },
  })
  assert.deepEqual([lively.now, lively.now, reads], [1, 1, 1])
  assert.throws(() => lively.broken, /thrown by the getter/)
  assert.deepEqual(Object.keys(snapshot(JSON.parse('{"__proto__": 1}'))), ['__proto__'])
})

test('a snapshot survives any depth, and a proxy that throws', () => {
  let deep: object = {}
  for (let level = 0; level < 100_000; level++) deep = { deep }
  assert.equal(Object.keys(snapshot(deep)).length, 1)
  const hostile = new Proxy({}, { getPrototypeOf: () => assert.fail() })
  assert.equal(snapshot(hostile), hostile)
  assert.equal(snapshot('text'), 'text')
})

test('a snapshot of frozen objects leaves them be, and can itself be changed', () => {
  const original = Object.freeze({ inner: Object.freeze({ n: 1 }) })
  const copy = snapshot(original) as { inner: { n: number } }
  copy.inner.n = 2
  assert.equal(original.inner.n, 1)
})

test('a snapshot contains equal maps, sets, boxed values and objects without prototype', () => {
  const original = {
    map: new Map([[1, 2]]),
    set: new Set([1]),
    boxed: Object('x'),
    bare: Object.create(null),
  }
  const copy = snapshot(original)
  assert.deepEqual(copy, original)
  assert.equal(copy.map, original.map)
  assert.notEqual(copy.bare, original.bare)
})

test('a snapshot of 10,000 keys, and of an object met twice', () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))
  const copy = snapshot({ a: wide, b: wide })
  assert.deepEqual(copy.a, wide)
  assert.equal(copy.a, copy.b)
})
