import type { JsonObject, Message } from '../message.ts'
import { isObject } from './field-names.ts'
import { type ContextProfile, sources } from './profile.ts'

/** The names that can be omitted. */
export const profileFields = Object.keys(sources)

/**
 * The message without anything that tells the given profile fields. For `current_url` that includes the properties of a
 * page call; those of other calls are the site's own.
 *
 * @example
 * omitFields({ …, context: { locale: 'en', screen: { width: 1920, height: 1080 } } }, ['resolution'])
 * // { …, context: { locale: 'en' } }
 */
export function omitFields(message: Message, fields: readonly (keyof ContextProfile)[]): Message {
  const rest = { ...message, context: { ...message.context } }
  for (const field of fields) {
    for (const source of sources[field].split(' ')) {
      const [name = '', part] = source.split('.')
      const whole = rest.context[name]
      if (part === undefined) delete rest.context[name]
      else if (isObject(whole)) {
        const left = without(whole, part)
        // Nothing is left of a field that told nothing else.
        rest.context[name] = Object.keys(left).length > 0 ? left : undefined
      }
    }
    if (field === 'current_url' && rest.type === 'page') {
      rest.properties = ['url', 'path', 'search'].reduce(without, rest.properties)
    }
  }
  return rest
}

function without(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...others } = object
  return others
}
