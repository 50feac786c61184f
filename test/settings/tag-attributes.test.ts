import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsOfTag } from '../../lib/settings/tag-attributes.ts'

for (const [attributes, settings] of [
  [
    { apiKey: 'k', endpoint: 'e' },
    { apiKey: 'k', endpoint: 'e' },
  ],
  [{ debug: '' }, { debug: true }],
  [{ debug: 'false' }, { debug: false }],
  [{ autoPage: '' }, { autoPage: true }],
  [{ autoPage: 'false' }, { autoPage: false }],
  [
    { apiKey: 'k', settings: '{"timeoutMs": 5, "apiKey": "other"}' },
    { apiKey: 'k', timeoutMs: 5 },
  ],
] as const) {
  test(`the attributes ${JSON.stringify(attributes)} of a script tag`, () => {
    assert.deepEqual(settingsOfTag(attributes), settings)
  })
}

for (const settings of ['{oops', '[1]', '7', 'null', '']) {
  test(`data-settings="${settings}" is a TypeError`, () => {
    assert.throws(() => settingsOfTag({ settings }), {
      name: 'TypeError',
      message: /data-settings must be a JSON object/,
    })
  })
}

test('attributes that are not settings are left to others', () => {
  assert.deepEqual(settingsOfTag({ global: 'a', other: 'x' } as object), {})
})
