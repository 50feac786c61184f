import type { PageMessage } from '../../protocol/message.ts'
import { contextFields } from '../fields/context-fields.ts'
import { pageViewData } from '../fields/page-view.ts'
import type { Failure } from '../rest/answer.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'
import { recordEvent, unixSeconds } from './event.ts'
import { postSiteView } from './site-view.ts'
import { personOf, saveUser } from './user.ts'

/** Writes what the context says of the user, where that has changed, and records the page view as an event. */
export async function page(
  account: Account,
  attempt: Attempt,
  message: PageMessage,
): Promise<Failure | undefined> {
  const person = personOf(message)
  const context = contextFields(message, account.contextAttributes)
  const prepared = await account.definitions.prepare(attempt.call, 'clientuser', context.custom, attempt.omit)
  if (prepared.kind !== 'ok') return prepared
  const fields = { ...prepared.values, ...context.standard }
  const written = JSON.stringify(fields)
  if (account.writtenContexts.get(person.customId) !== written) {
    const saved = await saveUser(attempt, person, fields)
    if (saved.kind !== 'ok') return saved
    account.writtenContexts.set(person.customId, written)
  }
  if (account.pageViews !== false) {
    const view = {
      name: account.pageViews,
      timestamp: unixSeconds(message.timestamp),
      data: pageViewData(message),
    }
    const failure = await recordEvent(attempt, person, view)
    if (failure) return failure
  }
  return account.siteViews ? postSiteView(account, attempt, message, person) : undefined
}
