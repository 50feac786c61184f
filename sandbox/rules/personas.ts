import type { JsonObject, MessageContext } from '../../protocol/message.ts'
import type { Personas } from './change.ts'

/**
 * Reads the context that Segment Personas adds to its messages; `undefined` for any other message.
 *
 * UserEngage's page: "You can send computed traits and audiences generated through Segment Personas to this destination
 * as a user property", an audience "with a true/false value". Such a call has `context.personas` with
 * `computation_class` and `computation_key`, which is the name of the trait
 * (https://segment.com/docs/engage/using-engage-data/); Journeys send their membership as the text `'true'`.
 * Without that context, a trait of true or false is an ordinary trait.
 */
export function personasOf(context: MessageContext, traits: JsonObject): Personas | undefined {
  const { computation_class: computation, computation_key: name } = (context.personas ?? {}) as JsonObject
  if ((computation !== 'trait' && computation !== 'audience') || typeof name !== 'string') return undefined
  const member = Object.hasOwn(traits, name) ? memberships.get(traits[name]) : undefined
  return { computation, name, ...(computation === 'audience' && member !== undefined && { member }) }
}

const memberships: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
])
