import type { MessageContext } from '../message.ts'

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

/**
 * The eleven profile fields that a message's context tells; those it does not tell are absent.
 *
 * The names are from UserEngage's page on its Segment destination; where each comes from is the table in
 * README.md. Pure: the plugin, the sandbox and the relay share it.
 *
 * @example
 * toProfile({ context: { screen: { width: 1920, height: 1080 }, locale: 'en-US' } })
 * // { language: 'en-US', resolution: '1920x1080' }
 */
export function toProfile(message: { context?: MessageContext | undefined }): Partial<ContextProfile> {
  const { userAgent, os, device, locale, screen, ip, browser, timezone, page } = message.context ?? {}
  const fields = {
    user_agent: userAgent,
    os: os?.name,
    device_name: device?.name || joined(device?.manufacturer, device?.model),
    device_type: device?.type,
    language: locale,
    resolution:
      isSize(screen?.width) && isSize(screen?.height) ? `${screen?.width}x${screen?.height}` : undefined,
    ip_address: ip,
    browser_family: browser?.name,
    browser_version: browser?.version,
    timezone,
    current_url: page?.url,
  }
  // A receiver reads what strangers send: a field of another type tells nothing.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => typeof value === 'string' && value !== ''),
  )
}

const joined = (...words: unknown[]): string =>
  words.filter((word) => typeof word === 'string' && word !== '').join(' ')

const isSize = (given: unknown): boolean => typeof given === 'number' && given > 0
