import type { JsonObject } from '../../protocol/message.ts'
import { profileFields } from '../../protocol/profile.ts'
import { comparable } from '../../protocol/traits/field-names.ts'
import type { Omit } from '../delivery/result.ts'

/** Fields of REST that no page may set: who somebody is, what User.com counts, and what its staff decides. */
const reserved = {
  user: [
    'id',
    'custom_id',
    'user_id',
    'user_key',
    'key',
    'status',
    'assigned_to',
    'company_id',
    'company_custom_id',
    'companies',
    'tags',
    'lists',
    'notifications',
    'unsubscribed',
    'score',
    'last_ip',
    'first_seen',
    'last_seen',
    'page_views',
    'created_at',
    'updated_at',
    ...profileFields,
  ],
  company: [
    'id',
    'custom_id',
    'employees',
    'members',
    'user_id',
    'user_custom_id',
    'tags',
    'assigned_to',
    'created_at',
    'updated_at',
  ],
}
const comparableReserved = {
  user: new Set(reserved.user.map(comparable)),
  company: new Set(reserved.company.map(comparable)),
}

/** The traits that may become attributes. REST knows a field by its display name too (`User ID`): any spelling counts. */
export function withoutReserved(
  traits: JsonObject,
  of: 'user' | 'company',
  further: Iterable<string>,
  omit: Omit,
): JsonObject {
  const mine = new Set([...further].map(comparable))
  return Object.fromEntries(
    Object.entries(traits).filter(([name]) => {
      const isReserved = comparableReserved[of].has(comparable(name)) || mine.has(comparable(name))
      if (isReserved) omit(name, 'not set by a page')
      return !isReserved
    }),
  )
}
