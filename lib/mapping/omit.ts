import { isObject, omitKey } from '../../protocol/json-object.ts'
import type { Message } from '../../protocol/message.ts'
import type { ContextProfile } from '../../protocol/profile.ts'

/** A field of `context`, or a part of one. */
type Path = readonly [field: string, part?: string]

const brands: readonly Path[] = [
  ['userAgentData', 'brands'],
  ['userAgentData', 'fullVersionList'],
]

/** Everything that reveals a profile field: its own source, and all else with the same information. */
const revealedBy: Record<keyof ContextProfile, readonly Path[]> = {
  user_agent: [['userAgent'], ['userAgentData']],
  os: [
    ['os', 'name'],
    ['os', 'version'],
    ['userAgentData', 'platform'],
    ['userAgentData', 'platformVersion'],
  ],
  device_name: [
    ['device', 'name'],
    ['device', 'manufacturer'],
    ['device', 'model'],
    ['userAgentData', 'model'],
  ],
  device_type: [
    ['device', 'type'],
    ['userAgentData', 'mobile'],
    ['userAgentData', 'formFactors'],
  ],
  language: [['locale']],
  resolution: [['screen']],
  ip_address: [['ip']],
  browser_family: [['browser', 'name'], ...brands],
  browser_version: [['browser', 'version'], ...brands],
  timezone: [['timezone']],
  current_url: [
    ['page', 'url'],
    ['page', 'path'],
    ['page', 'search'],
  ],
}

/**
 * A copy of the message without anything that reveals the given profile fields. For `current_url` that includes the
 * properties of a page call; the properties of other calls are the site's own.
 *
 * @example
 * omitFields({ …, context: { locale: 'en', screen: { width: 1920, height: 1080 } } }, ['resolution'])
 * // { …, context: { locale: 'en' } }
 */
export function omitFields(message: Message, fields: readonly (keyof ContextProfile)[]): Message {
  const context = { ...message.context }
  for (const [field, part] of fields.flatMap((name) => revealedBy[name])) {
    const whole = context[field]
    if (part === undefined) delete context[field]
    else if (isObject(whole)) {
      const others = omitKey(whole, part)
      if (Object.keys(others).length > 0) context[field] = others
      else delete context[field]
    }
  }
  if (message.type !== 'page' || !fields.includes('current_url')) return { ...message, context }
  const properties = ['url', 'path', 'search'].reduce(omitKey, message.properties)
  return { ...message, context, properties }
}
