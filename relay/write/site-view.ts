import type { PageMessage } from '../../protocol/message.ts'
import { isoTime } from '../../protocol/values/time.ts'
import type { Failure } from '../rest/answer.ts'
import type { Attempt } from './attempt.ts'
import { pageViewData } from './event.ts'
import { userPath } from './user.ts'

/**
 * A page view as RudderStack posts it; User.com documents no such route. It moves what only User.com itself may write:
 * `page_views` and `last_seen`. Where it is not there, that is told once, and the message is none the worse.
 */
export async function postSiteView(attempt: Attempt, message: PageMessage): Promise<Failure | undefined> {
  const { account, call, once, omit } = attempt
  const { url, path } = pageViewData(message)
  if (!account.siteViews || typeof url !== 'string') return undefined
  const where = await userPath(attempt)
  if (where.kind !== 'ok') return where
  const user = await call('GET', where.path)
  if (user.kind === 'waits') return user
  const key = user.kind === 'ok' ? (user.body as { user_key?: unknown } | null)?.user_key : undefined
  if (typeof key !== 'string') {
    omit('site view', 'User.com does not tell the user_key')
    return undefined
  }
  const view = {
    client_user: key,
    page_domain: url,
    page_path: typeof path === 'string' ? path : '/',
    timestamp: isoTime(message.timestamp) ?? new Date().toISOString(),
  }
  const answer = await once(() => call('POST', 'site-views/', view))
  if (answer.kind === 'ok') return undefined
  if (answer.kind === 'refused') omit('site view', 'refused by User.com')
  else if (answer.kind === 'missing' || answer.said === 405) {
    account.siteViews = false
    account.tell('User.com has no site-views/: page calls no longer go there.')
  } else return answer
  return undefined
}
