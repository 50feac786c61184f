import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isObject, omitEmpty, omitKey } from '../../protocol/json-object.ts'

for (const [value, is] of [
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ['text', false],
  [7, false],
] as const) {
  test(`${JSON.stringify(value)} is ${is ? 'an' : 'no'} object of JSON`, () =>
    assert.equal(isObject(value), is))
}

test('omitEmpty leaves out undefined, null and the empty text, and keeps zero and false', () => {
  assert.deepEqual(omitEmpty({ a: '', b: null, c: undefined, d: 0, e: false, f: 'x' }), {
    d: 0,
    e: false,
    f: 'x',
  })
})

test('omitKey gives a copy without the field, and leaves the object as it is', () => {
  const object = Object.freeze({ a: 1, b: 2 })
  assert.deepEqual(omitKey(object, 'a'), { b: 2 })
  assert.deepEqual(omitKey(object, 'c'), { a: 1, b: 2 })
  assert.deepEqual(object, { a: 1, b: 2 })
})
