import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { resolveSettings } from '../../lib/settings/resolve.ts'

const right = { apiKey: 'k', endpoint: 'https://ue.example/' }

for (const [given, says] of [
  [undefined, /settings must be an object.*got undefined/],
  [{}, /apiKey must be the "Segment API key".*App settings > Advanced > Segment API keys; got undefined/],
  [{ ...right, apiKey: '' }, /apiKey .*got ""/],
  [{ ...right, apiKey: '  ' }, /apiKey .*got " {2}"/],
  [{ ...right, apiKey: 7 }, /apiKey .*got 7/],
  [
    { apiKey: 'k' },
    /endpoint must be an absolute http\(s\) URL that takes the messages, such as "http:\/\/localhost:4400\/api\/segment\/" .*got undefined/,
  ],
  [{ ...right, endpoint: 'ue.example' }, /endpoint .*got "ue.example"/],
  [{ ...right, endpoint: '//ue.example/' }, /endpoint .*got "\/\/ue.example\/"/],
  [{ ...right, endpoint: '/\\ue.example/' }, /endpoint .*got "\/\\\\ue.example\/"/],
  [{ ...right, endpoint: 'hello' }, /endpoint .*or a path of this site, such as "\/hello"; got "hello"/],
  [{ ...right, endpoint: 'ftp://ue.example/' }, /endpoint .*got "ftp/],
  [{ ...right, endpoint: 'https://user:secret@ue.example/' }, /endpoint .*got "https:\/\/user/],
  [{ ...right, timeoutMs: 0 }, /timeoutMs must be a number of milliseconds above 0, such as 10000; got 0/],
  [{ ...right, timeoutMs: '5' }, /timeoutMs .*got "5"/],
  [{ ...right, timeoutMs: Number.NaN }, /timeoutMs .*got NaN/],
  [{ ...right, timeoutMs: Number.POSITIVE_INFINITY }, /timeoutMs .*got Infinity/],
  [
    { ...right, consent: 'C0002' },
    /consent must be an array of the ids of consent categories, such as \["C0002"\]; got "C0002"/,
  ],
  [{ ...right, consent: [7] }, /consent .*got 7/],
  [{ ...right, consent: ['C0002', ''] }, /consent .*got C0002,/],
  [{ ...right, consent: null }, /consent .*got null/],
  [{ ...right, queue: 1000 }, /queue must be an object, such as { maxMessages: 1000 }; got 1000/],
  [{ ...right, queue: null }, /queue .*got null/],
  [{ ...right, queue: [] }, /queue must be an object/],
  [{ ...right, queue: 'memory' }, /queue .*got "memory"/],
  [
    { ...right, queue: { maxMessages: 0 } },
    /queue\.maxMessages must be a whole number above 0, such as 1000; got 0/,
  ],
  [{ ...right, queue: { maxMessages: 1.5 } }, /queue\.maxMessages .*got 1\.5/],
  [{ ...right, queue: { maxMessages: '10' } }, /queue\.maxMessages .*got "10"/],
  [{ ...right, queue: { maxMessages: Number.POSITIVE_INFINITY } }, /queue\.maxMessages .*got Infinity/],
  [
    { ...right, queue: { maxAgeHours: 0 } },
    /queue\.maxAgeHours must be a number of hours above 0, such as 168; got 0/,
  ],
  [{ ...right, queue: { maxAgeHours: -1 } }, /queue\.maxAgeHours .*got -1/],
  [{ ...right, queue: { maxAgeHours: Number.NaN } }, /queue\.maxAgeHours .*got NaN/],
  [{ ...right, queue: { maxAgeHours: 1e9 } }, /queue\.maxAgeHours .*got 1000000000/],
  [{ ...right, queue: { storage: 'disk' } }, /queue\.storage must be "durable" or "memory"; got "disk"/],
  [{ ...right, queue: { storage: null } }, /queue\.storage .*got null/],
  [
    { ...right, omit: 'os' },
    /omit must be an array of profile fields, such as \["resolution"\]; there are user_agent, os, .*; got "os"/,
  ],
  [{ ...right, omit: ['resolution', 'screen'] }, /omit .*resolution.*; got resolution,screen/],
  [{ ...right, omit: ['constructor'] }, /omit .*got constructor/],
  [{ ...right, omit: null }, /omit .*got null/],
  [{ ...right, beforeSend: {} }, /beforeSend must be a function; got \[object Object\]/],
  [{ ...right, beforeSend: null }, /beforeSend must be a function; got null/],
  [{ ...right, autoPage: 'yes' }, /autoPage must be true or false; got "yes"/],
  [{ ...right, respectGpc: 1 }, /respectGpc must be true or false; got 1/],
  [[right], /settings must be an object/],
  [{ ...right, onDropped: 'log' }, /onDropped must be a function; got "log"/],
  [{ ...right, queue: { atExit: 'forget' } }, /queue\.atExit must be "resend" or "trust"; got "forget"/],
  [{ ...right, credentials: true }, /credentials must be "omit", "same-origin" or "include"; got true/],
  [{ ...right, enabled: 'false' }, /enabled must be true or false; got "false"/],
  [
    { ...right, workerUrl: true },
    /workerUrl must be the address of userengage-worker\.js on this site, .*, or false for none; got true/,
  ],
  [{ ...right, workerUrl: 'data:text/javascript,' }, /workerUrl .*got "data:/],
  [{ ...right, workerUrl: 'http://[' }, /workerUrl .*got "http:\/\/\["/],
  [{ ...right, enabled: null }, /enabled .*got null/],
  [{ ...right, debug: 'yes' }, /debug must be true or false; got "yes"/],
  [{ ...right, debug: null }, /debug .*got null/],
] as const) {
  test(`settings ${JSON.stringify(given)} are a TypeError that says what to do`, () => {
    assert.throws(() => resolveSettings(given as never), { name: 'TypeError', message: says })
  })
}

/** The warnings that settings cause. */
function warningsOf(settings: object): string[] {
  const warn = mock.method(console, 'warn', () => {})
  try {
    resolveSettings(settings as typeof right)
    return warn.mock.calls.map(({ arguments: [text] }) => String(text))
  } finally {
    warn.mock.restore()
  }
}

test('an unknown setting is a warning with the names that there are', () => {
  const [warning = '', ...others] = warningsOf({ ...right, flushAt: 20 })
  assert.match(
    warning,
    /unknown setting flushAt: ignored\. There are apiKey, endpoint, consent, .*, enabled, workerUrl\.$/,
  )
  assert.deepEqual(others, [])
})

test('a setting of undefined counts as not given', () => {
  assert.deepEqual(warningsOf({ ...right, debug: undefined, unknown: undefined }), [])
})

for (const misspelt of ['apikey', 'api_key', 'APIKey']) {
  test(`{ ${misspelt} } is an error that asks whether apiKey is meant`, () => {
    assert.throws(() => resolveSettings({ [misspelt]: 'k', endpoint: right.endpoint } as never), {
      name: 'TypeError',
      message: new RegExp(
        `apiKey must be .*; got undefined\\. You wrote ${misspelt}: did you mean apiKey\\?$`,
      ),
    })
  })
}

for (const given of [
  { apiKey: undefined, endpoint: right.endpoint },
  { apiKey: '', endpoint: '' },
  { apiKey: 'k', endpoint: undefined },
  { apiKey: 'k', endpoint: '' },
]) {
  test(`what an environment variable did not give is an error that knows a remedy: ${JSON.stringify(given)}`, () => {
    assert.throws(() => resolveSettings(given as never), {
      name: 'TypeError',
      message: /; got (undefined|"")\. Where it may be missing, .* write `enabled: Boolean\(apiKey\)`: .*\.$/,
    })
  })
}

test('a value that is wrong, or that nobody tried to give, has no such remedy', () => {
  assert.throws(() => resolveSettings({ zzz: 1 } as never), { message: /; got undefined\.$/ })
  assert.throws(() => resolveSettings({ ...right, endpoint: 'hello' }), { message: /; got "hello"\.$/ })
  assert.throws(() => resolveSettings({ ...right, consent: '' as never }), { message: /; got ""\.$/ })
})

test('defaults are filled in, also for a setting of undefined', () => {
  const { timeoutMs, apiKey } = resolveSettings({ ...right, timeoutMs: undefined } as never)
  assert.deepEqual({ timeoutMs, apiKey }, { timeoutMs: 10_000, apiKey: 'k' })
  assert.equal(resolveSettings({ ...right, timeoutMs: 5 }).timeoutMs, 5)
})

for (const endpoint of [
  '/hello',
  '/',
  '/api/hello?app=1',
  'https://ue.example/',
  'http://localhost:4400/x',
]) {
  test(`the endpoint may be ${endpoint}`, () =>
    assert.equal(resolveSettings({ ...right, endpoint }).endpoint, endpoint))
}

for (const credentials of ['omit', 'same-origin', 'include'] as const) {
  test(`credentials may be "${credentials}"`, () =>
    assert.equal(resolveSettings({ ...right, credentials }).credentials, credentials))
}

for (const given of [{}, { apiKey: '' }, { endpoint: 7, queue: 'x', zzz: 1 }]) {
  test(`with enabled: false no other setting is looked at: ${JSON.stringify(given)}`, () => {
    assert.deepEqual(warningsOf({ ...given, enabled: false }), [])
    const { enabled, queue } = resolveSettings({ ...given, enabled: false } as never)
    assert.equal(enabled, false)
    assert.equal(queue.storage, 'durable')
  })
}

for (const [given, queue] of [
  [undefined, { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'resend' }],
  [{}, { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'resend' }],
  [{ maxMessages: 1 }, { maxMessages: 1, maxAgeHours: 168, storage: 'durable', atExit: 'resend' }],
  [{ maxAgeHours: 0.5 }, { maxMessages: 1000, maxAgeHours: 0.5, storage: 'durable', atExit: 'resend' }],
  [{ storage: 'memory' }, { maxMessages: 1000, maxAgeHours: 168, storage: 'memory', atExit: 'resend' }],
  [
    { maxMessages: undefined, storage: undefined },
    { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'resend' },
  ],
  [{ atExit: 'trust' }, { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'trust' }],
] as const) {
  test(`a queue of ${JSON.stringify(given)} is completed`, () => {
    assert.deepEqual(resolveSettings({ ...right, queue: given } as typeof right).queue, queue)
  })
}

test('an unknown part of queue is a warning that names it', () => {
  const given = { ...right, queue: { maxMessages: 5, maxAge: 1 } }
  assert.deepEqual(warningsOf(given), [
    '[UserEngage] unknown setting queue.maxAge: ignored. Did you mean queue.maxAgeHours?',
  ])
})

test('each of several misspelt settings is a warning with the closest name', () => {
  assert.deepEqual(
    warningsOf({ ...right, timeout: 5, beforesend: null }).map((text) =>
      /setting (\w+): .*mean (\w+)\?/.exec(text)?.slice(1),
    ),
    [
      ['timeout', 'timeoutMs'],
      ['beforesend', 'beforeSend'],
    ],
  )
})

test('switches are booleans also where they are not set', () => {
  const { autoPage, respectGpc, debug, enabled } = resolveSettings(right)
  assert.deepEqual(
    { autoPage, respectGpc, debug, enabled },
    { autoPage: false, respectGpc: false, debug: false, enabled: true },
  )
})

test('nothing is omitted or changed, and no cookie goes along, unless it is set', () => {
  const { omit, beforeSend, credentials } = resolveSettings(right)
  assert.deepEqual(
    { omit, beforeSend, credentials },
    { omit: [], beforeSend: undefined, credentials: 'omit' },
  )
})

test('no consent is asked for unless it is set', () => {
  assert.deepEqual(resolveSettings(right).consent, [])
  assert.deepEqual(resolveSettings({ ...right, consent: ['C0002'] }).consent, ['C0002'])
})

test('the settings that the site passes are not changed', () => {
  const given = Object.freeze({ ...right, queue: Object.freeze({ maxMessages: 5 }) })
  assert.equal(resolveSettings(given).queue.maxAgeHours, 168)
  assert.deepEqual(given.queue, { maxMessages: 5 })
})
