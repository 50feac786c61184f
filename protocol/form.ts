import { isObject } from './json-object.ts'
import type { Message } from './message.ts'
import { isMessageType, messageTypes } from './message-type.ts'
import { isoTime } from './values/time.ts'

/** A value, or how its absence is answered. */
export type Read<T> = { value: T } | { refusal: Refusal }
export interface Refusal {
  status: 400 | 401 | 403 | 413 | 501
  message: string
}

type Body = Record<string, unknown>
type Check = (body: Body) => string | undefined

/** JSON nested deeper than this is refused, as no store and no program takes any depth. */
const deepest = 2000

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || Number.isFinite(value)
const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

const objects: Check = (body) => {
  const wrong = ['context', 'traits', 'properties'].find(
    (name) => body[name] !== undefined && !isObject(body[name]),
  )
  return wrong && `"${wrong}" must be an object, got ${shown(body[wrong])}.`
}
const checks: Check[] = [
  ({ messageId }) =>
    typeof messageId === 'string' && messageId
      ? undefined
      : '"messageId" is missing: a text that is new for every message.',
  (body) => {
    const wrong = ['userId', 'anonymousId'].find((name) => !isAbsent(body[name]) && !isId(body[name]))
    return wrong && `"${wrong}" must be a text, got ${shown(body[wrong])}.`
  },
  (body) =>
    customIdOf(body) === undefined
      ? 'Neither "userId" nor "anonymousId" says whose message this is.'
      : undefined,
  objects,
  ({ timestamp }) =>
    timestamp === undefined || isoTime(timestamp)
      ? undefined
      : `"timestamp" must be an ISO 8601 time, got ${shown(timestamp)}.`,
  ({ type, event }) =>
    type !== 'track' || (typeof event === 'string' && event.trim())
      ? undefined
      : '"event" is missing: the name of the event.',
  ({ type, groupId }) =>
    type !== 'group' || isId(groupId) ? undefined : '"groupId" is missing: the id of the company.',
]

/**
 * Whose message it is: "all available methods will try to select user base on userId, falling back to anonymousId if
 * userId is not provided". An empty id is none.
 */
export function customIdOf(message: { userId?: unknown; anonymousId?: unknown }): string | undefined {
  const id = [message.userId, message.anonymousId].find(isId)
  return id === undefined ? undefined : String(id)
}

/** Checks the form of a message, by Segment's contract for partner endpoints. */
export function readMessage(body: unknown): Read<Message> {
  if (!isObject(body)) return refused(`The body must be a JSON object, got ${shown(body)}.`)
  if (typeof body.type !== 'string' || body.type === '') {
    return refused(`"type" is missing: one of ${messageTypes.join(', ')}.`)
  }
  if (!isMessageType(body.type)) {
    return refused(`Calls of type "${body.type}" are not supported, only ${messageTypes.join(', ')}.`, 501)
  }
  for (const check of checks) {
    const wrong = check(body)
    if (wrong) return refused(wrong)
  }
  return { value: body as unknown as Message }
}

/** The JSON value of a text, or why it is none. */
export function parseBody(text: string): Read<unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return depth(value) > deepest ? refused(`The body is nested deeper than ${deepest} levels.`) : { value }
  } catch (error) {
    return refused(`The body is not JSON: ${(error as Error).message}.`)
  }
}

const refused = (message: string, status: Refusal['status'] = 400): Read<never> => ({
  refusal: { status, message },
})

/** Levels of nesting, counted level by level: recursion would not survive what it is to detect. */
function depth(value: unknown): number {
  let level = [value]
  let levels = 0
  while (level.length > 0 && levels <= deepest) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    levels++
  }
  return levels
}

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 100)
