import { omitEmpty } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import type { BrowserInfo } from './browser-info.ts'
import { deviceVendor } from './device-vendor.ts'

/** The answer of `navigator.userAgentData.getHighEntropyValues` (https://wicg.github.io/ua-client-hints/), as far as used. */
export interface ClientHints {
  brands: readonly Brand[]
  mobile: boolean
  platform: string
  platformVersion?: string
  fullVersionList?: readonly Brand[]
  model?: string
  formFactors?: readonly string[]
}
interface Brand {
  brand: string
  version: string
}

/**
 * Browser, system and device by Client Hints, under the names that ua-parser-js 1.x has for the same browsers and
 * devices, so that a profile reads alike whichever way the names were found.
 *
 * @example
 * fromClientHints({ brands: [], mobile: false, platform: 'Windows', platformVersion: '15.0.0' }).os
 * // { name: 'Windows', version: '11' }
 */
export function fromClientHints(hints: ClientHints): BrowserInfo {
  return {
    os: omitEmpty({ name: systemNames[hints.platform] ?? hints.platform, version: systemVersion(hints) }),
    browser: browser(hints.fullVersionList?.length ? hints.fullVersionList : hints.brands),
    device: omitEmpty({ type: deviceType(hints), ...maker(hints) }),
    userAgentData: omitEmpty(hints) as JsonObject,
  }
}

const systemNames: Record<string, string> = { 'Chromium OS': 'Chrome OS' }

/** By the minor version of Windows' API contract, where the major one is 0. */
const windowsBefore10: Record<number, string> = { 1: '7', 2: '8', 3: '8.1' }

/**
 * On Windows, Client Hints contain the version of the system's API contract instead of its own: 13 and above is
 * Windows 11 (https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11).
 */
function systemVersion({ platform, platformVersion }: ClientHints): string | undefined {
  if (platform !== 'Windows' || !platformVersion) return platformVersion
  const [major = 0, minor = 0] = platformVersion.split('.').map(Number)
  if (major >= 13) return '11'
  if (major > 0) return '10'
  return windowsBefore10[minor]
}

/** Brands that ua-parser-js 1.x names otherwise. */
const browserNames: Record<string, string> = {
  'Google Chrome': 'Chrome',
  HeadlessChrome: 'Chrome Headless',
  'Android WebView': 'Chrome WebView',
  'Microsoft Edge': 'Edge',
  'Microsoft Edge WebView2': 'Edge',
  'Naver Whale': 'Whale',
  YaBrowser: 'Yandex',
}

/** Every list has a made-up brand and `Chromium`. Browsers that are built on Chrome may list Chrome as well. */
function browser(brands: readonly Brand[]): NonNullable<BrowserInfo['browser']> {
  const real = brands.filter(({ brand }) => !/not.*brand/i.test(brand))
  const own =
    real.find(({ brand }) => brand !== 'Chromium' && brand !== 'Google Chrome') ??
    real.find(({ brand }) => brand !== 'Chromium') ??
    real[0]
  return own ? omitEmpty({ name: browserNames[own.brand] ?? own.brand, version: own.version }) : {}
}

const deviceTypes: Record<string, string> = {
  Desktop: 'desktop',
  Mobile: 'mobile',
  Tablet: 'tablet',
  Watch: 'wearable',
  XR: 'wearable',
  Automotive: 'embedded',
}

function deviceType({ formFactors = [], mobile, platform }: ClientHints): string {
  for (const factor of formFactors) if (deviceTypes[factor]) return deviceTypes[factor]
  if (mobile) return 'mobile'
  return platform === 'Android' ? 'tablet' : 'desktop'
}

function maker({ model, platform }: ClientHints): { manufacturer?: string | undefined; model?: string } {
  if (platform === 'macOS') return { manufacturer: 'Apple', model: 'Macintosh' }
  return model ? { manufacturer: deviceVendor(model), model } : {}
}
