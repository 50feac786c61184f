import { omitEmpty } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import type { Agent } from './agent.ts'
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
 * What Client Hints tell of the agent, under the names that ua-parser-js 1.x has for the same browsers and devices, so
 * that a profile reads alike whichever way the names were found.
 *
 * @example
 * fromClientHints({ brands: [], mobile: false, platform: 'Windows', platformVersion: '15.0.0' }).os
 * // { name: 'Windows', version: '11' }
 */
export function fromClientHints(hints: ClientHints): Agent {
  return {
    os: omitEmpty({ name: systemNames[hints.platform] ?? hints.platform, version: systemVersion(hints) }),
    browser: browser(hints.fullVersionList?.length ? hints.fullVersionList : hints.brands),
    device: omitEmpty({ type: deviceType(hints), ...maker(hints) }),
    userAgentData: omitEmpty(hints) as JsonObject,
  }
}

const systemNames: Record<string, string> = { 'Chromium OS': 'Chrome OS' }

/**
 * Windows tells the version of its API contract instead of its own: 13 and above is Windows 11, 0 is one before 10
 * (https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11).
 */
function systemVersion({ platform, platformVersion }: ClientHints): string | undefined {
  if (platform !== 'Windows' || !platformVersion) return platformVersion
  const major = Number.parseInt(platformVersion, 10)
  return major >= 13 ? '11' : major > 0 ? '10' : undefined
}

/** Brands whose name at ua-parser-js 1.x is another. */
const browserNames: Record<string, string> = {
  'Google Chrome': 'Chrome',
  HeadlessChrome: 'Chrome Headless',
  'Android WebView': 'Chrome WebView',
  'Microsoft Edge': 'Edge',
  'Microsoft Edge WebView2': 'Edge',
  'Naver Whale': 'Whale',
  YaBrowser: 'Yandex',
}

/** Every list has a made-up brand against guessing, and `Chromium`; browsers built on Chrome may name that as well. */
function browser(brands: readonly Brand[]): NonNullable<Agent['browser']> {
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
