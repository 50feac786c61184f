import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UAParser } from 'ua-parser-js'
import { withAgent } from '../../lib/mapping/agent.ts'
import { type ClientHints, fromClientHints } from '../../lib/mapping/client-hints.ts'
import { deviceVendor } from '../../lib/mapping/device-vendor.ts'
import { fromParsedUserAgent } from '../../lib/mapping/parsed-agent.ts'
import type { Message } from '../../lib/message.ts'

const chrome: ClientHints = {
  brands: [
    { brand: 'Chromium', version: '140' },
    { brand: 'Not=A?Brand', version: '24' },
    { brand: 'Google Chrome', version: '140' },
  ],
  fullVersionList: [
    { brand: 'Chromium', version: '140.0.1.2' },
    { brand: 'Not=A?Brand', version: '24.0.0.0' },
    { brand: 'Google Chrome', version: '140.0.1.2' },
  ],
  mobile: false,
  platform: 'Windows',
  platformVersion: '15.0.0',
  model: '',
}
const named = (...brands: string[]): ClientHints => ({
  ...chrome,
  fullVersionList: brands.map((brand) => ({ brand, version: '9.1' })),
})

for (const [platform, platformVersion, name, version] of [
  ['Windows', '15.0.0', 'Windows', '11'],
  ['Windows', '13.0.0', 'Windows', '11'],
  ['Windows', '10.0.0', 'Windows', '10'],
  ['Windows', '1.0.0', 'Windows', '10'],
  ['Windows', '0.3.0', 'Windows', '8.1'],
  ['Windows', '0.1.0', 'Windows', '7'],
  ['macOS', '14.5.0', 'macOS', '14.5.0'],
  ['Android', '15', 'Android', '15'],
  ['Chrome OS', '16093.68.0', 'Chrome OS', '16093.68.0'],
  ['Chromium OS', '16093.68.0', 'Chrome OS', '16093.68.0'],
  ['Linux', '', 'Linux', undefined],
] as const) {
  test(`Client Hints of ${platform} ${platformVersion} are ${name} ${version}`, () => {
    const { os } = fromClientHints({ ...chrome, platform, platformVersion })
    assert.deepEqual(os, version === undefined ? { name } : { name, version })
  })
}

for (const [brands, name] of [
  [['Chromium', 'Not=A?Brand', 'Google Chrome'], 'Chrome'],
  [['Not;A=Brand', 'Microsoft Edge', 'Chromium'], 'Edge'],
  [['Microsoft Edge WebView2', 'Not/A)Brand', 'Chromium', 'Microsoft Edge'], 'Edge'],
  [['Opera', 'Not.A/Brand', 'Chromium'], 'Opera'],
  [['Google Chrome', 'Brave', 'Chromium'], 'Brave'],
  [['Samsung Internet', 'Not_A Brand', 'Chromium'], 'Samsung Internet'],
  [['HeadlessChrome', 'Not_A Brand', 'Chromium'], 'Chrome Headless'],
  [['Android WebView', 'Not_A Brand', 'Chromium'], 'Chrome WebView'],
  [['Chromium', 'YaBrowser', 'Not?A_Brand'], 'Yandex'],
  [['Chromium', 'Not_A Brand'], 'Chromium'],
] as const) {
  test(`the brands ${brands.join(', ')} are ${name}`, () => {
    assert.deepEqual(fromClientHints(named(...brands)).browser, { name, version: '9.1' })
  })
}

for (const [what, hints, device] of [
  ['a desktop', {}, { type: 'desktop' }],
  [
    'a phone',
    { platform: 'Android', mobile: true, model: 'Pixel 9' },
    { type: 'mobile', manufacturer: 'Google', model: 'Pixel 9' },
  ],
  [
    'a phone of an unknown maker',
    { platform: 'Android', mobile: true, model: 'QX7' },
    { type: 'mobile', model: 'QX7' },
  ],
  [
    'an Android that is not mobile',
    { platform: 'Android', model: 'SM-X700' },
    { type: 'tablet', manufacturer: 'Samsung', model: 'SM-X700' },
  ],
  ['a form factor', { mobile: true, formFactors: ['Tablet'] }, { type: 'tablet' }],
  ['a Mac', { platform: 'macOS' }, { type: 'desktop', manufacturer: 'Apple', model: 'Macintosh' }],
] as const) {
  test(`the device of ${what}`, () =>
    assert.deepEqual(fromClientHints({ ...chrome, ...hints }).device, device))
}

test('low-entropy hints alone tell the system and the major version', () => {
  const { brands, mobile, platform } = chrome
  const { os, browser } = fromClientHints({ brands, mobile, platform })
  assert.deepEqual({ os, browser }, { os: { name: 'Windows' }, browser: { name: 'Chrome', version: '140' } })
})

for (const [model, vendor] of [
  ['SM-S918B', 'Samsung'],
  ['SM-X700', 'Samsung'],
  ['Pixel 9', 'Google'],
  ['Pixel 6a', 'Google'],
  ['Redmi Note 12', 'Xiaomi'],
  ['2201116SG', 'Xiaomi'],
  ['23049PCD8G', 'Xiaomi'],
  ['M2101K6G', 'Xiaomi'],
  ['POCO F3', 'Xiaomi'],
  ['moto g(60)', 'Motorola'],
  ['XT2125-4', 'Motorola'],
  ['KB2005', 'OnePlus'],
  ['LE2115', 'OnePlus'],
  ['CPH2449', 'OPPO'],
  ['CPH2219', 'OPPO'],
  ['RMX3085', 'Realme'],
  ['V2031', 'Vivo'],
  ['XQ-BC52', 'Sony'],
  ['SO-51B', 'Sony'],
  ['Nokia G20', 'Nokia'],
  ['VOG-L29', 'Huawei'],
  ['LM-G710', 'LG'],
  ['Lenovo TB-X606F', 'Lenovo'],
  ['ASUS_I006D', 'ASUS'],
  ['QX7', undefined],
] as const) {
  test(`the maker of ${model} is ${vendor}, and ua-parser-js does not say otherwise`, () => {
    assert.equal(deviceVendor(model), vendor)
    const agent = `Mozilla/5.0 (Linux; Android 14; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36`
    assert.equal(new UAParser(agent).getDevice().vendor ?? vendor, vendor)
  })
}

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

test('the agent completes a message, and leaves whole what the site has set', () => {
  const context = { os: { name: 'ShopOS' }, userAgentData: { mobile: false } }
  const message = {
    type: 'track',
    event: 'A',
    messageId: 'm',
    timestamp: 't',
    properties: {},
    context,
  } as Message
  const agent = {
    os: { name: 'Linux', version: '6' },
    browser: { name: 'Chrome' },
    userAgentData: { model: '' },
  }
  assert.deepEqual(withAgent(message, agent).context, {
    ...{ os: { name: 'ShopOS' }, browser: { name: 'Chrome' }, userAgentData: { mobile: false, model: '' } },
  })
  assert.deepEqual(message.context, context)
  assert.equal('userAgentData' in withAgent({ ...message, context: {} }, {}).context, false)
})
