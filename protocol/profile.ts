import { isObject } from './json-object.ts'
import type { MessageContext } from './message.ts'

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

/** The names of these fields, in the order in which UserEngage's page has them. */
export const profileFields = [
  'user_agent',
  'os',
  'device_name',
  'device_type',
  'language',
  'resolution',
  'ip_address',
  'browser_family',
  'browser_version',
  'timezone',
  'current_url',
] as const satisfies readonly (keyof ContextProfile)[]

/**
 * The eleven profile fields that a message's context contains. A field that the context lacks is absent.
 *
 * The names are from UserEngage's page on its Segment destination; docs/mapping.md has the table of sources. Pure: the
 * plugin, the sandbox and the relay share it.
 *
 * @example
 * toProfile({ context: { screen: { width: 1920, height: 1080 }, locale: 'en-US' } })
 * // { language: 'en-US', resolution: '1920x1080' }
 */
export function toProfile(message: { context?: MessageContext | undefined }): Partial<ContextProfile> {
  const context = message.context ?? {}
  const part = (field: string, name: string): unknown => {
    const whole = context[field]
    return isObject(whole) ? whole[name] : undefined
  }
  const fields: Record<keyof ContextProfile, unknown> = {
    user_agent: context.userAgent,
    os: part('os', 'name'),
    device_name:
      part('device', 'name') ||
      [part('device', 'manufacturer'), part('device', 'model')].filter(isText).join(' '),
    device_type: part('device', 'type'),
    language: context.locale,
    resolution: resolution(part('screen', 'width'), part('screen', 'height')),
    ip_address: context.ip,
    browser_family: part('browser', 'name'),
    browser_version: part('browser', 'version'),
    timezone: context.timezone,
    current_url: part('page', 'url'),
  }
  // A receiver reads what strangers send: a field that is no text is left out.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isText(value)))
}

const resolution = (width: unknown, height: unknown): string | undefined =>
  isSize(width) && isSize(height) ? `${width}x${height}` : undefined

const isSize = (value: unknown): boolean => typeof value === 'number' && value > 0

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
