import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonSafe } from '../../lib/mapping/json-safe.ts'

const cycle: Record<string, unknown> = { name: 'c' }
cycle.self = cycle
const list: unknown[] = [1]
list.push(list)
const shared = { a: 1 }

const table: [what: string, given: unknown, expected: unknown][] = [
  ['plain values', { s: 'x', n: 1.5, b: false, z: null }, { s: 'x', n: 1.5, b: false, z: null }],
  ['dates', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['invalid dates', { at: new Date(Number.NaN) }, { at: null }],
  ['undefined, functions, symbols', { u: undefined, f() {}, s: Symbol('s'), k: 1 }, { k: 1 }],
  ['the same in an array', [undefined, () => 1, Symbol('s'), 1], [null, null, null, 1]],
  [
    'NaN and infinities',
    [Number.NaN, Number.POSITIVE_INFINITY, -Number.POSITIVE_INFINITY],
    [null, null, null],
  ],
  ['BigInt', { big: 12345678901234567890n }, { big: '12345678901234567890' }],
  ['cycles', cycle, { name: 'c' }],
  ['cycles in arrays', list, [1, null]],
  ['an object twice is no cycle', { x: shared, y: shared }, { x: { a: 1 }, y: { a: 1 } }],
  ['toJSON', { money: { toJSON: () => ({ cents: 5 }) } }, { money: { cents: 5 } }],
  ['toJSON is given the key', { price: { toJSON: (key: string) => key } }, { price: 'price' }],
  ['a toJSON that throws', { bad: { toJSON: () => assert.fail() }, good: 1 }, { good: 1 }],
  ['boxed primitives', [Object('x'), Object(1), Object(true)], ['x', 1, true]],
  ['maps and sets', { m: new Map([[1, 2]]), s: new Set([1]) }, { m: {}, s: {} }],
  ['sparse arrays', Object.assign([1], { 2: 3 }), [1, null, 3]],
  ['nodes', { node: { nodeType: 1, nodeName: 'DIV', children: [] }, k: 1 }, { k: 1 }],
  [
    'class instances',
    new (class Point {
      x = 1
    })(),
    { x: 1 },
  ],
]

for (const [what, given, expected] of table) {
  test(`JSON-safe: ${what}`, () => assert.deepEqual(jsonSafe(given), expected))
}

test('JSON-safe: a getter that throws leaves out its field, whatever it is called', () => {
  for (const name of ['broken', 'window', 'nodeType']) {
    const given = Object.defineProperty({ kept: 1 }, name, { enumerable: true, get: () => assert.fail() })
    assert.deepEqual(jsonSafe(given), { kept: 1 })
  }
})

test('JSON-safe: windows', () => {
  const window: Record<string, unknown> = { document: {} }
  window.window = window
  assert.deepEqual(jsonSafe({ window, k: 1 }), { k: 1 })
})

test('JSON-safe: a proxy that throws is left out', () => {
  const hostile = new Proxy({}, { ownKeys: () => assert.fail(), get: () => assert.fail() })
  assert.deepEqual(jsonSafe({ hostile, k: 1 }), { k: 1 })
})

test('JSON-safe: __proto__ stays an ordinary key', () => {
  const safe = jsonSafe(JSON.parse('{"__proto__": {"admin": true}}')) as { admin?: boolean }
  assert.equal(safe.admin, undefined)
  assert.equal(JSON.stringify(safe), '{"__proto__":{"admin":true}}')
})

test('JSON-safe: 10,000 keys, and 500 levels, arrive whole', () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))
  assert.deepEqual(jsonSafe(wide), wide)
  const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`)
  assert.deepEqual(jsonSafe(deep), deep)
})

test('JSON-safe: 100,000 levels are cut, and can be written', () => {
  let deep: object = {}
  for (let level = 0; level < 100_000; level++) deep = { deep }
  assert.match(JSON.stringify(jsonSafe({ deep, k: 1 })), /"k":1/)
})

test('JSON-safe: what cannot be carried at all is undefined', () => {
  assert.equal(
    jsonSafe(() => 1),
    undefined,
  )
})

test('JSON-safe: a boxed BigInt', () => assert.deepEqual(jsonSafe([Object(5n)]), ['5']))

test('JSON-safe: 10,000 levels of arrays are cut, and can be written', () => {
  let deep: unknown[] = []
  for (let level = 0; level < 10_000; level++) deep = [deep]
  assert.match(JSON.stringify(jsonSafe({ deep, k: 1 })), /^\{"deep":\[\[.*"k":1\}$/)
})

test('JSON-safe: a revoked proxy, an array that throws, and what is beside them', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const list = Object.defineProperty([1, 2, 3], 1, { get: () => assert.fail() })
  assert.deepEqual(jsonSafe({ proxy, list, k: 1 }), { list: [1, null, 3], k: 1 })
})

test('JSON-safe: a toJSON that returns itself, or something new each time, ends', () => {
  const self = { k: 1, toJSON: () => self }
  assert.deepEqual(jsonSafe(self), { k: 1 })
  const endless = { toJSON: () => ({ next: endless }) }
  assert.match(JSON.stringify(jsonSafe(endless)), /^\{"next":/)
})

test('JSON-safe: a frozen object is copied, not shared', () => {
  const inner = Object.freeze({ list: Object.freeze([1]) })
  const given = Object.freeze({ inner })
  const safe = jsonSafe(given) as { inner: { list: number[] } }
  assert.deepEqual(safe, { inner: { list: [1] } })
  assert.notEqual(safe.inner, inner)
  assert.notEqual(safe.inner.list, inner.list)
})

test('JSON-safe: a key called constructor stays an ordinary key', () => {
  assert.deepEqual(jsonSafe({ constructor: 1, toString: 2 }), { constructor: 1, toString: 2 })
})
