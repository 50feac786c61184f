import type { MessageContext } from '../message.ts'
import { isObject } from './field-names.ts'
import { keepFields } from './fields.ts'

/** The profile fields that UserEngage fills from a message's context, by its own names. */
export interface ContextProfile {
  user_agent: string
  os: string
  device_name: string
  device_type: string
  language: string
  resolution: string
  ip_address: string
  browser_family: string
  browser_version: string
  timezone: string
  current_url: string
}

/** What tells brands and versions of the browser, beside `browser`. */
const brands = ' userAgentData.brands userAgentData.fullVersionList'

/**
 * Where in the context a profile field is told: first what it is filled with, then what tells of it besides. The user
 * agent tells most of them in prose, and is a field itself.
 */
export const sources: Record<keyof ContextProfile, string> = {
  user_agent: 'userAgent userAgentData',
  os: 'os.name os.version userAgentData.platform userAgentData.platformVersion',
  device_name: 'device.name device.manufacturer device.model userAgentData.model',
  device_type: 'device.type userAgentData.mobile userAgentData.formFactors',
  language: 'locale',
  resolution: 'screen',
  ip_address: 'ip',
  browser_family: `browser.name${brands}`,
  browser_version: `browser.version${brands}`,
  timezone: 'timezone',
  current_url: 'page.url page.path page.search',
}

/**
 * The eleven profile fields that a message's context tells; those it does not tell are absent.
 *
 * The names are from UserEngage's page on its Segment destination; where each comes from is the table in
 * docs/mapping.md. Pure: the plugin, the sandbox and the relay share it.
 *
 * @example
 * toProfile({ context: { screen: { width: 1920, height: 1080 }, locale: 'en-US' } })
 * // { language: 'en-US', resolution: '1920x1080' }
 */
export function toProfile(message: { context?: MessageContext | undefined }): Partial<ContextProfile> {
  const context = message.context ?? {}
  const told = (source: string): unknown => {
    const [name = '', part] = source.split('.')
    const whole = context[name]
    return part === undefined ? whole : isObject(whole) ? whole[part] : undefined
  }
  const fields = Object.fromEntries(
    Object.entries(sources).map(([field, all]) => [field, told(all.split(' ')[0] ?? '')]),
  )
  const { width, height } = context.screen ?? {}
  fields.device_name ||= ['device.manufacturer', 'device.model'].map(told).filter(isText).join(' ')
  fields.resolution = isSize(width) && isSize(height) && `${width}x${height}`
  // A receiver reads what strangers send: a field of another type tells nothing.
  return keepFields(fields, isText)
}

const isText = (given: unknown): boolean => typeof given === 'string' && given !== ''

const isSize = (given: unknown): boolean => typeof given === 'number' && given > 0
