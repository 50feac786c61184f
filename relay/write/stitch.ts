import { customIdOf } from '../../protocol/form.ts'
import { isObject } from '../../protocol/json-object.ts'
import type { IdentifyMessage } from '../../protocol/message.ts'
import { exclusively } from '../delivery/exclusively.ts'
import { weekSeconds } from '../delivery/once.ts'
import { type Failure, idOf, type RestAnswer, waits } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import type { Attempt } from './attempt.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Gives the anonymous visitor's profile to the user who signs up, by the rule of User.com's own widget: a user id that is
 * known is switched to, and one that is not is given to the anonymous profile
 * (https://apidocs.user.com/developer-guide/web-sdk/customer-identification.html).
 *
 * Both ids share one namespace, and anybody may post any anonymousId. So only a profile is taken that has a UUID for its
 * id, no email, and the status of a visitor; and one taker at a time.
 */
export async function stitch(attempt: Attempt, message: IdentifyMessage): Promise<Failure | undefined> {
  const { store, keyOf, claimSeconds, stitch } = attempt.account
  const user = customIdOf({ userId: message.userId })
  const anonymous = String(message.anonymousId ?? '')
  const path = user && pathSegment(user)
  if (!stitch || !path || user === anonymous || !uuid.test(anonymous)) return undefined
  const done = await keyOf('stitched', `${anonymous} ${user}`)
  if (await store.get(done)) return undefined
  const claim = await keyOf('stitching', anonymous)
  const result = await exclusively(store, claim, claimSeconds, async () => {
    const failure = await rename(attempt, anonymous, user, path)
    if (!failure) await store.set(done, 'done', weekSeconds)
    return { failure }
  })
  return result ? result.failure : waits('This visitor is being identified by another message.', 2000)
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

const isAnonymous = (profile: unknown, customId: string): boolean =>
  isObject(profile) &&
  (profile.status === 'visitor' || profile.status === 1) &&
  !profile.email &&
  profile.custom_id === customId

/** What may not be read cannot be stitched, and that is no fault of the set-up: REST tokens may be for writing only. */
function unlessUnreadable(answer: RestAnswer): Failure | undefined {
  if (answer.kind === 'ok' || answer.kind === 'missing') return undefined
  return answer.said === 403 ? undefined : answer
}
