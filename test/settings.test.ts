import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { audienceTraits, toProfile, userEngage } from '../lib/index.ts'
import { tagSettings } from '../lib/tag-settings.ts'

const right = { apiKey: 'k', endpoint: 'https://ue.example/' }

for (const [given, says] of [
  [undefined, /settings must be an object.*got undefined/],
  [{}, /apiKey must be the "Segment API key".*App settings > Advanced > Segment API keys; got undefined/],
  [{ ...right, apiKey: '' }, /apiKey .*got ""/],
  [{ ...right, apiKey: '  ' }, /apiKey .*got " {2}"/],
  [{ ...right, apiKey: 7 }, /apiKey .*got 7/],
  [{ apiKey: 'k' }, /endpoint must be an absolute http\(s\) URL.*got undefined/],
  [{ ...right, endpoint: 'ue.example' }, /endpoint .*got "ue.example"/],
  [{ ...right, endpoint: '/api' }, /endpoint .*got "\/api"/],
  [{ ...right, endpoint: 'ftp://ue.example/' }, /endpoint .*got "ftp/],
  [{ ...right, endpoint: 'https://user:secret@ue.example/' }, /endpoint .*got "https:\/\/user/],
  [{ ...right, timeoutMs: 0 }, /timeoutMs must be a number of milliseconds above 0; got 0/],
  [{ ...right, timeoutMs: '5' }, /timeoutMs .*got "5"/],
  [{ ...right, timeoutMs: Number.NaN }, /timeoutMs .*got NaN/],
  [{ ...right, onDropped: 'log' }, /onDropped must be a function; got "log"/],
  [{ ...right, debug: 'yes' }, /debug must be true or false; got "yes"/],
  [{ ...right, debug: null }, /debug .*got null/],
] as const) {
  test(`settings ${JSON.stringify(given)} are a TypeError that says what to do`, () => {
    assert.throws(() => userEngage(given as never), { name: 'TypeError', message: says })
  })
}

test('an unknown setting is a warning that names it', () => {
  const warn = mock.method(console, 'warn', () => {})
  userEngage({ ...right, flushAt: 20 } as typeof right)
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /unknown setting flushAt: ignored\. Known are apiKey, endpoint/,
  )
  userEngage({ ...right, ...{ debug: undefined } } as typeof right)
  assert.equal(warn.mock.callCount(), 1)
  warn.mock.restore()
})

test('in Node the factory yields a plugin that does nothing', async () => {
  const plugin = userEngage(right)
  assert.deepEqual(
    [plugin.name, plugin.type, plugin.alternativeNames],
    ['UserEngage', 'destination', ['User.com', '“User.com”']],
  )
  await plugin.load({}, {})
  await plugin.ready()
  const context = { event: { type: 'track', event: 'A' } }
  for (const method of ['identify', 'page', 'track', 'group', 'alias', 'screen'] as const) {
    assert.equal(plugin[method](context), context)
  }
  assert.equal(await plugin.flush(), true)
  assert.deepEqual(plugin.stats(), { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
  assert.equal(userEngage.pluginName, 'UserEngage')
  assert.equal(typeof audienceTraits, 'function')
  assert.equal(typeof toProfile, 'function')
})

for (const [attributes, settings] of [
  [
    { apiKey: 'k', endpoint: 'e' },
    { apiKey: 'k', endpoint: 'e' },
  ],
  [{ debug: '' }, { debug: true }],
  [{ debug: 'false' }, { debug: false }],
  [
    { apiKey: 'k', settings: '{"timeoutMs": 5, "apiKey": "other"}' },
    { apiKey: 'k', timeoutMs: 5 },
  ],
] as const) {
  test(`the attributes ${JSON.stringify(attributes)} of a script tag`, () => {
    assert.deepEqual(tagSettings(attributes), settings)
  })
}

for (const settings of ['{oops', '[1]', '7', 'null', '']) {
  test(`data-settings="${settings}" is a TypeError`, () => {
    assert.throws(() => tagSettings({ settings }), {
      name: 'TypeError',
      message: /data-settings must be a JSON object/,
    })
  })
}
