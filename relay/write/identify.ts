import type { IdentifyMessage, JsonObject } from '../../protocol/message.ts'
import { contextFields } from '../fields/context-fields.ts'
import { userFields } from '../fields/user-fields.ts'
import type { Failure } from '../rest/answer.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'
import { stitch } from './stitch.ts'
import { personOf, saveUser, userPath } from './user.ts'

/** Maps traits and context to the profile; other traits become custom attributes. */
export async function identify(
  account: Account,
  attempt: Attempt,
  message: IdentifyMessage,
): Promise<Failure | undefined> {
  const person = personOf(message)
  const traits = userFields(message.traits ?? {}, account.contextAttributes.values(), attempt.omit)
  const context = contextFields(message, account.contextAttributes)
  const custom: JsonObject = { ...traits.custom, ...context.custom }
  const prepared = await account.definitions.prepare(attempt.call, 'clientuser', custom, attempt.omit)
  if (prepared.kind !== 'ok') return prepared
  const failure = account.stitch ? await stitch(account, attempt, message) : undefined
  if (failure) return failure

  const fields = { ...prepared.values, ...context.standard, ...traits.standard }
  const saved = await saveUser(attempt, person, fields)
  if (saved.kind !== 'ok') return saved
  for (const attribute of prepared.cleared) {
    const where = await userPath(attempt, person)
    if (where.kind !== 'ok') return where
    const removed = await attempt.call('POST', `${where.path}remove_attribute/`, { attribute })
    if (removed.kind === 'refused') attempt.omit(attribute, 'not removed by User.com')
    else if (removed.kind !== 'ok' && removed.kind !== 'missing') return removed
  }
  return undefined
}
