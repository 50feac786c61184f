/** @import { Entry } from '../api-types.ts' */

/** @type {Record<number, string>} */
const meanings = {
  200: 'Accepted',
  400: 'Malformed message',
  401: 'Unknown API key',
  403: 'API key revoked, or domain not trusted',
  408: 'Request timeout',
  413: 'Message too large',
  422: 'Message refused',
  425: 'Too early',
  429: 'Too many requests',
  500: 'Server error',
  501: 'Type not known',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/**
 * The answer of the sandbox as a word, a sentence and a tone.
 *
 * @param {Entry} entry
 * @returns {{ word: string, meaning: string, tone: 'good' | 'again' | 'refused' | 'lost' }}
 */
export function answerOf({ status, repeated, changes }) {
  if (status === 0) {
    // The sandbox loses the answer only of a message that it applied. It cuts the connection before any other.
    return changes?.length
      ? { word: 'no answer', meaning: 'Applied, but the answer was lost on the way', tone: 'lost' }
      : { word: 'cut', meaning: 'The connection was cut before an answer', tone: 'lost' }
  }
  const meaning = meanings[status] ?? (status < 300 ? 'Accepted' : 'Refused')
  if (status < 300) {
    return {
      word: `${status}`,
      meaning: repeated ? 'Accepted before, not applied again' : meaning,
      tone: 'good',
    }
  }
  const temporary = [408, 425, 429].includes(status) || (status >= 500 && status !== 501)
  return { word: `${status}`, meaning, tone: temporary ? 'again' : 'refused' }
}
