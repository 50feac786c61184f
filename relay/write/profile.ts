import type { JsonObject, Message } from '../../protocol/message.ts'
import { contextFields } from '../fields/context-fields.ts'
import { userFields } from '../fields/user-fields.ts'
import type { Failure } from '../rest/answer.ts'
import type { Attempt } from './attempt.ts'
import { saveUser, userPath } from './user.ts'

/** Writes what traits and context say of the user; what REST has no field for becomes an attribute, and `null` clears. */
export async function writeProfile(
  attempt: Attempt,
  message: Message,
  given: JsonObject = {},
): Promise<Failure | undefined> {
  const { contextAttributes, definitions } = attempt.account
  const traits = userFields(given, contextAttributes.values(), attempt.omit)
  const context = contextFields(message, contextAttributes)
  const prepared = await definitions.prepare(attempt, 'clientuser', { ...traits.custom, ...context.custom })
  if (prepared.kind !== 'ok') return prepared
  const saved = await saveUser(attempt, { ...prepared.values, ...context.standard, ...traits.standard })
  if (saved.kind !== 'ok') return saved
  for (const attribute of prepared.cleared) {
    const where = await userPath(attempt)
    if (where.kind !== 'ok') return where
    const removed = await attempt.call('POST', `${where.path}remove_attribute/`, { attribute })
    if (removed.kind === 'refused') attempt.omit(attribute, 'not removed by User.com')
    else if (removed.kind !== 'ok' && removed.kind !== 'missing') return removed
  }
  return undefined
}
