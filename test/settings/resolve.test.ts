import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { resolveSettings } from '../../lib/settings/settings.ts'

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
  [{ ...right, timeoutMs: Number.POSITIVE_INFINITY }, /timeoutMs .*got Infinity/],
  [{ ...right, consent: 'C0002' }, /consent must be an array of category ids; got "C0002"/],
  [{ ...right, consent: [7] }, /consent .*got 7/],
  [{ ...right, consent: ['C0002', ''] }, /consent .*got C0002,/],
  [{ ...right, consent: null }, /consent .*got null/],
  [{ ...right, queue: 1000 }, /queue must be an object; got 1000/],
  [{ ...right, queue: null }, /queue .*got null/],
  [{ ...right, queue: [] }, /queue must be an object/],
  [{ ...right, queue: 'memory' }, /queue .*got "memory"/],
  [{ ...right, queue: { maxMessages: 0 } }, /queue\.maxMessages must be a whole number above 0; got 0/],
  [{ ...right, queue: { maxMessages: 1.5 } }, /queue\.maxMessages .*got 1\.5/],
  [{ ...right, queue: { maxMessages: '10' } }, /queue\.maxMessages .*got "10"/],
  [{ ...right, queue: { maxMessages: Number.POSITIVE_INFINITY } }, /queue\.maxMessages .*got Infinity/],
  [{ ...right, queue: { maxAgeHours: 0 } }, /queue\.maxAgeHours must be a number of hours above 0; got 0/],
  [{ ...right, queue: { maxAgeHours: -1 } }, /queue\.maxAgeHours .*got -1/],
  [{ ...right, queue: { maxAgeHours: Number.NaN } }, /queue\.maxAgeHours .*got NaN/],
  [{ ...right, queue: { maxAgeHours: 1e9 } }, /queue\.maxAgeHours .*got 1000000000/],
  [{ ...right, queue: { storage: 'disk' } }, /queue\.storage must be "durable" or "memory"; got "disk"/],
  [{ ...right, queue: { storage: null } }, /queue\.storage .*got null/],
  [{ ...right, omit: 'os' }, /omit must be an array of profile fields: user_agent, os, .*; got "os"/],
  [{ ...right, omit: ['resolution', 'screen'] }, /omit .*resolution.*; got resolution,screen/],
  [{ ...right, omit: ['constructor'] }, /omit .*got constructor/],
  [{ ...right, omit: null }, /omit .*got null/],
  [{ ...right, beforeSend: {} }, /beforeSend must be a function; got \[object Object\]/],
  [{ ...right, beforeSend: null }, /beforeSend must be a function; got null/],
  [{ ...right, autoPage: 'yes' }, /autoPage must be true or false; got "yes"/],
  [{ ...right, respectGpc: 1 }, /respectGpc must be true or false; got 1/],
  [[right], /settings must be an object/],
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
    /unknown setting flushAt: ignored\. Did you mean \w+\?/,
  )
  resolveSettings({ ...right, ...{ debug: undefined } } as typeof right)
  assert.equal(warn.mock.callCount(), 1)
  warn.mock.restore()
})

test('defaults are filled in, also for what is given as undefined', () => {
  const { timeoutMs, apiKey } = resolveSettings({
    ...right,
    ...{ timeoutMs: undefined },
  } as typeof right)
  assert.deepEqual({ timeoutMs, apiKey }, { timeoutMs: 10_000, apiKey: 'k' })
  assert.equal(resolveSettings({ ...right, timeoutMs: 5 }).timeoutMs, 5)
})

for (const [given, queue] of [
  [undefined, { maxMessages: 1000, maxAgeHours: 168, storage: 'durable' }],
  [{}, { maxMessages: 1000, maxAgeHours: 168, storage: 'durable' }],
  [{ maxMessages: 1 }, { maxMessages: 1, maxAgeHours: 168, storage: 'durable' }],
  [{ maxAgeHours: 0.5 }, { maxMessages: 1000, maxAgeHours: 0.5, storage: 'durable' }],
  [{ storage: 'memory' }, { maxMessages: 1000, maxAgeHours: 168, storage: 'memory' }],
  [
    { maxMessages: undefined, storage: undefined },
    { maxMessages: 1000, maxAgeHours: 168, storage: 'durable' },
  ],
] as const) {
  test(`a queue of ${JSON.stringify(given)} is completed`, () => {
    assert.deepEqual(resolveSettings({ ...right, queue: given } as typeof right).queue, queue)
  })
}

test('an unknown part of queue is a warning that names it', () => {
  const warn = mock.method(console, 'warn', () => {})
  const { queue } = resolveSettings({ ...right, queue: { maxMessages: 5, maxAge: 1 } } as typeof right)
  assert.equal(queue.maxMessages, 5)
  assert.equal(warn.mock.callCount(), 1)
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /unknown setting queue\.maxAge: ignored\. Did you mean queue\.maxAgeHours\?/,
  )
  warn.mock.restore()
})

test('several misspelt settings are each told with the nearest', () => {
  const warn = mock.method(console, 'warn', () => {})
  resolveSettings({ ...right, timeout: 5, beforesend: null } as typeof right)
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: [said] }) => /setting (\w+): .*mean (\w+)\?/.exec(said)?.slice(1)),
    [
      ['timeout', 'timeoutMs'],
      ['beforesend', 'beforeSend'],
    ],
  )
  warn.mock.restore()
})

test('nothing is omitted, changed, or called for by itself unless it is set', () => {
  const { omit, beforeSend, autoPage, respectGpc, debug } = resolveSettings(right)
  assert.deepEqual(omit, [])
  for (const setting of [beforeSend, autoPage, respectGpc, debug]) assert.ok(!setting)
})

test('no consent is asked for unless it is set', () => {
  assert.deepEqual(resolveSettings(right).consent, [])
  assert.deepEqual(resolveSettings({ ...right, consent: ['C0002'] }).consent, ['C0002'])
})

test('what the site passes is not changed', () => {
  const given = Object.freeze({ ...right, queue: Object.freeze({ maxMessages: 5 }) })
  assert.equal(resolveSettings(given).queue.maxAgeHours, 168)
  assert.deepEqual(given.queue, { maxMessages: 5 })
})
