import { isObject } from '../../protocol/json-object.ts'
import type { JsonObject, PageMessage, TrackMessage } from '../../protocol/message.ts'
import { isoTime } from '../../protocol/values/time.ts'
import { type Failure, type RestAnswer, waits } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import { type Attempt, sendFields } from './attempt.ts'
import { saveUser } from './user.ts'

export const recordTrack = (attempt: Attempt, message: TrackMessage): Promise<Failure | undefined> =>
  recordEvent(attempt, message.event, message.timestamp, message.properties)

export async function recordPageView(attempt: Attempt, message: PageMessage): Promise<Failure | undefined> {
  const { pageViews } = attempt.account
  if (pageViews === false) return undefined
  return recordEvent(attempt, pageViews, message.timestamp, pageViewData(message))
}

/** What a page view says: where the call was made, its name and category, and its other properties. */
export function pageViewData({ name, category, properties = {}, context = {} }: PageMessage): JsonObject {
  return {
    ...properties,
    ...(isObject(context.page) && context.page),
    ...(name && { name }),
    ...(category && { category }),
  }
}

/** REST's times of events are UNIX seconds. */
export const unixSeconds = (timestamp: unknown): number => {
  const time = isoTime(timestamp)
  return Math.floor((time ? Date.parse(time) : Date.now()) / 1000)
}

/** Records an event of a user, who is created where there is none yet. */
async function recordEvent(
  attempt: Attempt,
  name: string,
  time: unknown,
  data: JsonObject = {},
): Promise<Failure | undefined> {
  const event = { name, timestamp: unixSeconds(time), data }
  const answer = await attempt.once(() => post(attempt, event))
  if (answer.kind === 'missing') return waits('User.com does not know the user that it has just created.')
  return answer.kind === 'ok' ? undefined : answer
}

async function post(attempt: Attempt, event: object): Promise<RestAnswer> {
  const segment = pathSegment(attempt.person.customId)
  const byId = (): Promise<RestAnswer> =>
    sendFields(attempt, 'POST', `users-by-id/${segment}/events/`, event, ['name'])
  const answer = segment ? await byId() : undefined
  if (answer && answer.kind !== 'missing') return answer
  const saved = await saveUser(attempt)
  if (saved.kind !== 'ok') return saved
  if (segment) return byId()
  return sendFields(attempt, 'POST', 'events/', { ...event, user_id: saved.id }, ['name', 'user_id'])
}
