import type { JsonObject } from '../../protocol/message.ts'
import { isoTime } from '../../protocol/values/time.ts'
import type { Failure, RestAnswer } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import { type Attempt, sendFields } from './attempt.ts'
import { type Person, saveUser } from './user.ts'

/** REST's times of events are UNIX seconds. */
export const unixSeconds = (timestamp: unknown): number => {
  const time = isoTime(timestamp)
  return Math.floor((time ? Date.parse(time) : Date.now()) / 1000)
}

const unknown = 'User.com does not know the user that it has just created.'

/** Records an event of a user, who is created where there is none yet. */
export async function recordEvent(
  attempt: Attempt,
  person: Person,
  event: { name: string; timestamp: number; data: JsonObject },
): Promise<Failure | undefined> {
  const answer = await attempt.once(() => post(attempt, person, event))
  if (answer.kind === 'missing') return { kind: 'later', status: 503, message: unknown }
  return answer.kind === 'ok' ? undefined : answer
}

async function post(attempt: Attempt, person: Person, event: object): Promise<RestAnswer> {
  const segment = pathSegment(person.customId)
  if (segment) {
    const path = `users-by-id/${segment}/events/`
    const answer = await sendFields(attempt, 'POST', path, event, ['name'])
    if (answer.kind !== 'missing') return answer
    const saved = await saveUser(attempt, person)
    return saved.kind === 'ok' ? sendFields(attempt, 'POST', path, event, ['name']) : saved
  }
  const saved = await saveUser(attempt, person)
  if (saved.kind !== 'ok') return saved
  return sendFields(attempt, 'POST', 'events/', { ...event, user_id: saved.id }, ['name', 'user_id'])
}
