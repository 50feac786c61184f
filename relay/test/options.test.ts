import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRelay } from '../index.ts'

const right = { app: 'acme', token: 'secret-token', origins: ['https://shop.example'] }

for (const [what, options, words] of [
  ['neither app nor url', { app: undefined }, /set either app .* or url, as one is required/],
  ['both app and url', { url: 'https://x.example/' }, /not both/],
  ['an address as app', { app: 'https://acme.user.com' }, /app must be the subdomain .* Got "https:\/\/acme/],
  ['a relative url', { app: undefined, url: '/api' }, /url must be an absolute http\(s\) URL/],
  ['no token', { token: undefined }, /token is required: .*environment variable/],
  ['a token with a line break', { token: 'secret-token\n' }, /token must be the REST token/],
  ['no origins', { origins: undefined }, /origins is required: a list of origins/],
  ['an empty list of origins', { origins: [] }, /origins must be a list/],
  ['one origin as a text', { origins: 'https://shop.example' }, /origins must be a list/],
  ['an origin with a path', { origins: ['https://shop.example/'] }, /without a path/],
  ['any origin', { origins: ['*'] }, /origins must be/],
  ['a star within a label', { origins: ['https://a*.shop.example'] }, /origins must be/],
  [
    'an unknown option',
    { origin: 'x' },
    /there is no option "origin"; the options are app, url, token, origins/,
  ],
  [
    'a store without methods',
    { store: {} },
    /store must be an object with the methods get, set, claim, release/,
  ],
  ['a spool without methods', { spool: 'redis://' }, /spool must be an object/],
  [
    'an unknown context field',
    { contextAttributes: { timezone: 'tz' } },
    /contextAttributes must be false, or/,
  ],
  ['a switch that is none', { stitch: 'merge' }, /stitch must be true or false\. Got "merge"/],
  ['an unknown word', { attributes: 'none' }, /attributes must be "create" or "known"/],
  ['no time', { timeoutMs: 0 }, /timeoutMs must be a whole number of milliseconds/],
  ['a time that no timer takes', { timeoutMs: 2 ** 31 }, /timeoutMs must be .* to 2147483647/],
  ['no function', { verify: true }, /verify must be a function\. Got true/],
  ['an empty name', { pageViews: '' }, /pageViews must be the name of an event, or false/],
] as const) {
  test(`${what}: a TypeError that says what to write, and not the token`, () => {
    assert.throws(
      () => createRelay({ ...right, ...options } as never),
      (error: unknown) => {
        assert.ok(error instanceof TypeError)
        assert.match(error.message, /^\[userengage-relay\] /)
        assert.match(error.message, words)
        assert.doesNotMatch(error.message, /secret-token/)
        return true
      },
    )
  })
}

test('making a relay starts nothing; options that are undefined count as not given', () => {
  assert.equal(typeof createRelay({ ...right, ip: undefined, spool: undefined }), 'function')
})

test('no options at all are told like wrong ones', () => {
  assert.throws(() => createRelay(undefined as never), /set either app/)
})
