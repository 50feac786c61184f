import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UAParser } from 'ua-parser-js'
import { fromParsedUserAgent } from '../../lib/mapping/parsed-user-agent.ts'

const gecko = 'Gecko/20100101 Firefox/140.0'
const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
for (const [what, agent, os, browser, device] of [
  [
    'Firefox on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) ${gecko}`,
    'Windows',
    'Firefox',
    'desktop',
  ],
  [
    'Firefox on Ubuntu',
    `Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) ${gecko}`,
    'Linux',
    'Firefox',
    'desktop',
  ],
  [
    'Firefox on Fedora',
    `Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:140.0) ${gecko}`,
    'Linux',
    'Firefox',
    'desktop',
  ],
  [
    'Firefox on Android',
    'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
    'Android',
    'Firefox',
    'mobile',
  ],
  [
    'Safari on macOS',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.5 Safari/605.1.15`,
    'macOS',
    'Safari',
    'desktop',
  ],
  [
    'Safari on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
    'iOS',
    'Mobile Safari',
    'mobile',
  ],
  [
    'Chrome OS on plain http',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Chrome OS',
    'Chrome',
    'desktop',
  ],
] as const) {
  test(`the user agent of ${what}`, () => {
    const parsed = fromParsedUserAgent(new UAParser(agent).getResult())
    assert.deepEqual([parsed.os?.name, parsed.browser?.name, parsed.device?.type], [os, browser, device])
  })
}

test('an iPhone is the Apple iPhone; an iPad that calls itself a Mac is an iPad', () => {
  const iphone = new UAParser('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)').getResult()
  assert.deepEqual(fromParsedUserAgent(iphone).device, {
    type: 'mobile',
    manufacturer: 'Apple',
    model: 'iPhone',
  })
  const ipad = {
    os: { name: 'Mac OS', version: '10.15.7' },
    browser: {},
    device: { vendor: 'Apple', model: 'iPad', type: 'tablet' },
  }
  assert.deepEqual(fromParsedUserAgent(ipad).os, { name: 'iOS' })
})

for (const [parsed, name] of [
  ['Ubuntu', 'Linux'],
  ['Fedora', 'Linux'],
  ['Debian', 'Linux'],
  ['GNU', 'Linux'],
  ['Linux', 'Linux'],
  ['Mac OS', 'macOS'],
  ['Chromium OS', 'Chrome OS'],
  ['Android-x86', 'Android'],
  ['iOS', 'iOS'],
  ['Windows', 'Windows'],
  ['Tizen', 'Tizen'],
] as const) {
  test(`the system that the parser calls ${parsed} is ${name}`, () => {
    assert.equal(fromParsedUserAgent({ os: { name: parsed }, browser: {}, device: {} }).os?.name, name)
  })
}

test('what the parser does not know is absent, and a device without a type is a desktop', () => {
  const info = fromParsedUserAgent(new UAParser('curl').getResult())
  assert.deepEqual(info, { os: {}, browser: {}, device: { type: 'desktop' } })
})

test('the version of a distribution is not that of Linux; others keep theirs', () => {
  const os = (name: string) =>
    fromParsedUserAgent({ os: { name, version: '22.04' }, browser: {}, device: {} }).os
  assert.deepEqual(os('Ubuntu'), { name: 'Linux' })
  assert.deepEqual(os('Mac OS'), { name: 'macOS', version: '22.04' })
})
