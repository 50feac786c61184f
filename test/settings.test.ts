import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { resolveSettings } from '../lib/settings.ts'

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
    assert.throws(() => resolveSettings(given as never), { name: 'TypeError', message: says })
  })
}

test('an unknown setting is a warning that names it', () => {
  const warn = mock.method(console, 'warn', () => {})
  resolveSettings({ ...right, flushAt: 20 } as typeof right)
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /unknown setting flushAt: ignored\. Known are apiKey, endpoint/,
  )
  resolveSettings({ ...right, ...{ debug: undefined } } as typeof right)
  assert.equal(warn.mock.callCount(), 1)
  warn.mock.restore()
})

test('defaults are filled in, also for what is given as undefined', () => {
  const { timeoutMs, debug, apiKey } = resolveSettings({
    ...right,
    ...{ timeoutMs: undefined },
  } as typeof right)
  assert.deepEqual({ timeoutMs, debug, apiKey }, { timeoutMs: 10_000, debug: false, apiKey: 'k' })
  assert.equal(resolveSettings({ ...right, timeoutMs: 5 }).timeoutMs, 5)
})
