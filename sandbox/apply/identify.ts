import type { IdentifyMessage } from '../../protocol/message.ts'
import { reservedForUsers, splitTraits } from '../rules/user-fields.ts'
import { recordPersonas, setContextFields, type Visit } from './visit.ts'

/** Maps traits and context to the profile; other traits become custom attributes. */
export function identify(visit: Visit, { traits = {}, context = {} }: IdentifyMessage): void {
  const { user, attributes } = visit
  recordPersonas(visit, context, traits)
  const { fields, custom } = splitTraits(traits)
  for (const field of fields) attributes.setField(user, field)
  for (const [name, value] of custom) attributes.setCustom(user, name, value, reservedForUsers)
  setContextFields(visit)
}
