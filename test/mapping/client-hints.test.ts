import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClientHints, fromClientHints } from '../../lib/mapping/client-hints.ts'

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
  ['Windows', '0.2.0', 'Windows', '8'],
  ['Windows', '0.1.0', 'Windows', '7'],
  ['Windows', '0.0.0', 'Windows', undefined],
  ['Windows', '', 'Windows', undefined],
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
    'a phone of OnePlus',
    { platform: 'Android', mobile: true, model: 'LE2115' },
    { type: 'mobile', manufacturer: 'OnePlus', model: 'LE2115' },
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

test('low-entropy hints alone give the system and the major version', () => {
  const { brands, mobile, platform } = chrome
  const { os, browser } = fromClientHints({ brands, mobile, platform })
  assert.deepEqual({ os, browser }, { os: { name: 'Windows' }, browser: { name: 'Chrome', version: '140' } })
})

test('names that the hints leave empty are left out, and so are empty hints', () => {
  const { os, browser, userAgentData } = fromClientHints({
    brands: [],
    mobile: false,
    platform: '',
    model: '',
  })
  assert.deepEqual(
    { os, browser, userAgentData },
    { os: {}, browser: {}, userAgentData: { brands: [], mobile: false } },
  )
})

test('where the full version list is empty, the brands give name and version', () => {
  assert.deepEqual(fromClientHints({ ...chrome, fullVersionList: [] }).browser, {
    name: 'Chrome',
    version: '140',
  })
})

test('an unknown form factor is skipped, and the next one counts', () => {
  const device = (formFactors: string[]) => fromClientHints({ ...chrome, formFactors }).device
  assert.deepEqual(device(['Hologram', 'XR']), { type: 'wearable' })
  assert.deepEqual(device(['Hologram']), { type: 'desktop' })
})
