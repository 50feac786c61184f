import { isObject } from '../../protocol/json-object.ts'
import type { IdentifyMessage, JsonObject } from '../../protocol/message.ts'
import type { Failure, RestAnswer } from '../rest/answer.ts'
import { idOf } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const claimSeconds = 30
const weekSeconds = 7 * 86_400

/**
 * Gives the anonymous visitor's profile to the user who signs up, by the rule of User.com's own widget: a user id that is
 * known is switched to, and one that is not is given to the anonymous profile
 * (https://apidocs.user.com/developer-guide/web-sdk/customer-identification.html).
 *
 * Both ids share one namespace, and anybody may post any anonymousId. So only a profile is taken that has a UUID for its
 * id, no email, and the status of a visitor; and one taker at a time.
 */
export async function stitch(
  { store, keyOf, writtenContexts, userKeys }: Account,
  attempt: Attempt,
  { userId, anonymousId }: IdentifyMessage,
): Promise<Failure | undefined> {
  const [user, anonymous] = [String(userId ?? ''), String(anonymousId ?? '')]
  const path = pathSegment(user)
  if (!user || !path || user === anonymous || !uuid.test(anonymous)) return undefined
  const done = await keyOf('stitched', `${anonymous} ${user}`)
  if (await store.get(done)) return undefined
  const claim = await keyOf('stitching', anonymous)
  if (!(await store.claim(claim, claimSeconds))) {
    return {
      kind: 'later',
      status: 503,
      message: 'This visitor is being identified by another message.',
      afterMs: 2000,
    }
  }
  try {
    const failure = await rename(attempt, anonymous, user, path)
    if (failure) return failure
    for (const remembered of [writtenContexts, userKeys]) remembered.delete(anonymous)
    await store.set(done, 'done', weekSeconds)
    return undefined
  } finally {
    await store.release(claim)
  }
}

async function rename(
  { call }: Attempt,
  anonymous: string,
  user: string,
  path: string,
): Promise<Failure | undefined> {
  const visitor = await call('GET', `users-by-id/${anonymous}/`)
  if (visitor.kind !== 'ok') return unlessUnreadable(visitor)
  const id = idOf(visitor.body)
  if (id === undefined || !isAnonymous(visitor.body, anonymous)) return undefined
  const known = await call('GET', `users-by-id/${path}/`)
  if (known.kind !== 'missing') return unlessUnreadable(known)
  const renamed = await call('PUT', `users/${id}/`, { custom_id: user, status: 2 })
  // Refused: somebody else has just got this id. Then there are two profiles, as without stitching.
  return renamed.kind === 'refused' ? undefined : unlessUnreadable(renamed)
}

const isAnonymous = (body: unknown, customId: string): boolean =>
  isObject(body) && isVisitor(body) && !body.email && body.custom_id === customId

const isVisitor = ({ status }: JsonObject): boolean => status === 'visitor' || status === 1

/** What may not be read cannot be stitched, and that is no fault of the set-up: REST tokens may be for writing only. */
function unlessUnreadable(answer: RestAnswer): Failure | undefined {
  if (answer.kind === 'ok' || answer.kind === 'missing') return undefined
  return answer.kind === 'misconfigured' && answer.status === 403 ? undefined : answer
}
