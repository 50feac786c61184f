import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert, type ValueType } from '../rules/convert.ts'

const ignored = Symbol('ignored')

/** For each type: what is given, and what is kept. */
const table: Record<ValueType, [given: unknown, kept: unknown][]> = {
  string: [
    ['pro', 'pro'],
    ['', ''],
    [' 12 ', ' 12 '],
    [999, '999'],
    [true, 'true'],
    [{ a: 1 }, '{"a":1}'],
    [[1, 'b'], '[1,"b"]'],
  ],
  integer: [
    [123, 123],
    ['123', 123],
    [' 12 ', 12],
    ['-7', -7],
    [12.5, ignored],
    ['12.5', ignored],
    ['abc', ignored],
    ['', ignored],
    ['0x10', ignored],
    ['9007199254740993', ignored],
    ['1e3', ignored],
    [Number.POSITIVE_INFINITY, ignored],
    [true, ignored],
    [[1], ignored],
    [{}, ignored],
  ],
  float: [
    [1.5, 1.5],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1,5', ignored],
    ['1e999', ignored],
    [Number.POSITIVE_INFINITY, ignored],
    ['Infinity', ignored],
    ['', ignored],
    [false, ignored],
  ],
  number: [
    ['123', 123],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['12 apples', ignored],
    [Number.NEGATIVE_INFINITY, ignored],
    [true, ignored],
    ['', ignored],
  ],
  boolean: [
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    [1, true],
    ['0', false],
    [2, ignored],
    ['', ignored],
    ['maybe', ignored],
    ['yes', ignored],
    ['constructor', ignored],
    ['__proto__', ignored],
    [[true], ignored],
  ],
  date: [
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T23:30:00-05:00', '2026-11-24'],
    ['9999-12-31', '9999-12-31'],
    ['2026-02-30', ignored],
    ['24.11.2026', ignored],
    ['tomorrow', ignored],
    [1_700_000_000, ignored],
    ['', ignored],
  ],
  datetime: [
    ['2026-11-24T12:00:00Z', '2026-11-24T12:00:00.000Z'],
    ['2026-11-24T12:00:00+02:00', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T12:00:00', '2026-11-24T12:00:00.000Z'],
    ['2026-11-24 12:00:00+00:00', '2026-11-24T12:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24T25:00:00Z', ignored],
    ['2026-02-30T12:00:00Z', ignored],
    ['12:00', ignored],
    ['9999-12-31T23:59:59-05:00', ignored],
    ['', ignored],
  ],
  fixed: [
    ['free', 'free'],
    ['Free', ignored],
    [['free'], ignored],
    ['', ignored],
    [{}, ignored],
  ],
  json: [
    [{ a: [1] }, { a: [1] }],
    ['text', 'text'],
    [0, 0],
  ],
}

for (const [type, rows] of Object.entries(table) as [ValueType, [unknown, unknown][]][]) {
  for (const [given, kept] of rows) {
    const name = typeof given === 'number' ? String(given) : JSON.stringify(given)
    test(`${name} as ${type} is ${kept === ignored ? 'ignored' : JSON.stringify(kept)}`, () => {
      const conversion = convert(given, type, ['free', 'pro'])
      if (kept === ignored) assert.ok('reason' in conversion && conversion.reason.length > 0)
      else assert.deepEqual(conversion, { value: kept })
    })
  }
}
