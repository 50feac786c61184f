/** @import { Entry } from '../api-types.ts' */

/**
 * The facts about a message that a list shows. The body may be any JSON or text, so every field is checked.
 *
 * @param {Entry} entry
 */
export function factsOf(entry) {
  const body = record(entry.body)
  const type = text(body.type)
  return {
    type,
    name: nameOf(type, body),
    userId: text(body.userId),
    who: text(body.userId) ?? text(body.anonymousId),
    messageId: text(body.messageId),
    delayMs: between(text(body.timestamp), entry.receivedAt),
  }
}

/**
 * @param {string | null} type
 * @param {Record<string, unknown>} body
 */
function nameOf(type, body) {
  if (type === 'track') return text(body.event)
  if (type === 'group') return text(body.groupId)
  if (type === 'identify')
    return text(body.userId) ?? text(record(body.traits).email) ?? text(body.anonymousId)
  if (type === 'page') return text(body.name) ?? text(record(record(body.context).page).path)
  return null
}

/** @param {unknown} value @returns {Record<string, unknown>} */
const record = (value) =>
  typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {}

/** @param {unknown} value */
function text(value) {
  if (typeof value === 'string') return value || null
  return typeof value === 'number' ? String(value) : null
}

/**
 * @param {string | null} from
 * @param {string} to
 */
function between(from, to) {
  const ms = from === null ? Number.NaN : Date.parse(to) - Date.parse(from)
  return Number.isNaN(ms) ? null : ms
}
