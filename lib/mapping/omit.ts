import { isObject, omitKey } from '../../protocol/json-object.ts'
import type { Json, JsonObject, Message } from '../../protocol/message.ts'
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
 * A copy of the message without anything that reveals the given profile fields.
 *
 * For `current_url` that includes the referrer where it is a page of the site: it is the URL of the call before. It also
 * includes the properties of a page call; the properties of other calls are the site's own.
 *
 * @param siteOrigin the origin of the page; the worker gets messages that have lost what reveals the URL
 * @example
 * omitFields({ …, context: { locale: 'en', screen: { width: 1920, height: 1080 } } }, ['resolution'], 'https://shop.example')
 * // { …, context: { locale: 'en' } }
 */
export function omitFields(
  message: Message,
  fields: readonly (keyof ContextProfile)[],
  siteOrigin?: string,
): Message {
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
  if (!fields.includes('current_url')) return { ...message, context }
  if (isObject(context.page)) context.page = withoutOwnReferrer(context.page, siteOrigin)
  if (message.type !== 'page') return { ...message, context }
  const properties = ['url', 'path', 'search'].reduce(omitKey, message.properties)
  return { ...message, context, properties: withoutOwnReferrer(properties, siteOrigin) }
}

const withoutOwnReferrer = (fields: JsonObject, siteOrigin: string | undefined): JsonObject =>
  siteOrigin !== undefined && isOfOrigin(fields.referrer, siteOrigin) ? omitKey(fields, 'referrer') : fields

/** Whether an address, absolute or relative, is of an origin. Where that cannot be told, it counts as being. */
function isOfOrigin(address: Json | undefined, origin: string): boolean {
  if (typeof address !== 'string' || address === '') return false
  try {
    return new URL(address, origin).origin === origin
  } catch {
    return true
  }
}
