import type { PageMessage } from '../../protocol/message.ts'
import { isoTime } from '../../protocol/values/time.ts'
import { pageViewData } from '../fields/page-view.ts'
import type { Failure } from '../rest/answer.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'
import { type Person, userPath } from './user.ts'

/**
 * A page view as RudderStack posts it; User.com documents no such route. It moves what only User.com itself may write:
 * `page_views` and `last_seen`. Where it is not there, that is told once, and the message is none the worse.
 */
export async function postSiteView(
  account: Account,
  attempt: Attempt,
  message: PageMessage,
  person: Person,
): Promise<Failure | undefined> {
  const { url, path } = pageViewData(message)
  if (typeof url !== 'string') return undefined
  const key = account.userKeys.get(person.customId) ?? (await userKey(attempt, person))
  if (typeof key !== 'string') return key
  account.userKeys.set(person.customId, key)
  const view = {
    client_user: key,
    page_domain: url,
    page_path: typeof path === 'string' ? path : '/',
    timestamp: isoTime(message.timestamp) ?? new Date().toISOString(),
  }
  const answer = await attempt.once(() => attempt.call('POST', 'site-views/', view))
  const status =
    answer.kind === 'missing' ? 404 : answer.kind === 'ok' || answer.kind === 'later' ? 0 : answer.status
  if ([400, 404, 405].includes(status)) {
    account.siteViews = false
    account.tell(`User.com answered ${status} to site-views/: page calls no longer go there.`)
    return undefined
  }
  return answer.kind === 'ok' ? undefined : (answer as Failure)
}

async function userKey(attempt: Attempt, person: Person): Promise<string | Failure | undefined> {
  const where = await userPath(attempt, person)
  if (where.kind !== 'ok') return where
  const user = await attempt.call('GET', where.path)
  if (user.kind === 'later') return user
  const key = user.kind === 'ok' ? (user.body as { user_key?: unknown } | null)?.user_key : undefined
  return typeof key === 'string' ? key : undefined
}
