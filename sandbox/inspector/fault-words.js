/** @import { RestFault } from '../rules/rest-fault.ts' */
/** @import { Target } from './fault-form.js' */
import { duration } from './duration.js'

/** @type {Record<Target, [one: string, many: string]>} */
const names = { messages: ['message', 'messages'], requests: ['REST request', 'REST requests'] }

/**
 * Describes a fault in a phrase.
 *
 * @param {Target} target
 * @param {RestFault} fault
 * @example faultWords('messages', { status: 503, retryAfter: 2, times: 3 }) // '3 messages: 503, Retry-After 2 s'
 */
export function faultWords(target, { status, retryAfter, delayMs, drop, loseAnswer, times = 1, path }) {
  const words = []
  if (drop) words.push('connection cut')
  else if (status !== undefined || retryAfter !== undefined) {
    words.push(`${status ?? 503}`)
    if (retryAfter !== undefined) words.push(`Retry-After ${retryAfter} s`)
  }
  if (loseAnswer) words.push(status === undefined ? 'applied, but the answer lost' : 'the answer lost')
  if (delayMs) words.push(`after ${duration(delayMs)}`)
  const [one, many] = names[target]
  const whom = times === 1 ? `One ${one}` : `${times} ${many}`
  return `${whom}${path ? ` to ${path}` : ''}: ${words.join(', ')}`
}

/** The number of messages or requests that the faults will affect. @param {RestFault[]} faults */
export const waitingFor = (faults) => faults.reduce((sum, { times = 1 }) => sum + times, 0)
