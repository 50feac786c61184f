import type { Message } from '../../protocol/message.ts'
import { toProfile } from '../../protocol/profile.ts'
import type { Fields } from './text-fields.ts'

const longest = 255

/** What a message's context says of its user: REST's own `timezone`, and attributes under the names that are set up. */
export function contextFields(message: Message, attributeNames: ReadonlyMap<string, string>): Fields {
  const { timezone, ...fields } = toProfile(message)
  const custom = Object.entries(fields).flatMap(([field, value]) => {
    const name = attributeNames.get(field)
    return name ? [[name, [...value].slice(0, longest).join('')]] : []
  })
  return { standard: timezone ? { timezone } : {}, custom: Object.fromEntries(custom) }
}
