/** @import { Fault } from '../api-types.ts' */
import { duration } from './duration.js'

/**
 * Describes a fault in a phrase.
 *
 * @param {Fault} fault
 * @example faultWords({ status: 503, retryAfter: 2, times: 3 }) // '3 messages: 503, Retry-After 2 s'
 */
export function faultWords({ status, retryAfter, delayMs, drop, loseAnswer, times = 1 }) {
  const words = []
  if (drop) words.push('connection cut')
  else if (status !== undefined || retryAfter !== undefined) {
    words.push(`${status ?? 503}`)
    if (retryAfter !== undefined) words.push(`Retry-After ${retryAfter} s`)
  }
  if (loseAnswer) words.push(status === undefined ? 'applied, but the answer lost' : 'the answer lost')
  if (delayMs) words.push(`after ${duration(delayMs)}`)
  return `${times === 1 ? 'One message' : `${times} messages`}: ${words.join(', ')}`
}

/** The number of messages that the faults will affect. @param {Fault[]} faults */
export const waitingFor = (faults) => faults.reduce((sum, { times = 1 }) => sum + times, 0)
