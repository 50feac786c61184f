/** @import { Entry } from '../api-types.ts' */

/** @type {Record<number, string>} */
const meanings = {
  200: 'Taken',
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
 * What the sandbox answered: in a word, in a sentence, and how good that is.
 *
 * @param {Entry} entry
 * @returns {{ word: string, meaning: string, tone: 'good' | 'again' | 'refused' | 'lost' }}
 */
export function answerOf({ status, repeated, changes }) {
  if (status === 0) {
    // Only a message that was applied had an answer to lose.
    return changes?.length
      ? { word: 'no answer', meaning: 'Applied, but the answer was lost on the way', tone: 'lost' }
      : { word: 'cut', meaning: 'The connection was cut before an answer', tone: 'lost' }
  }
  const meaning = meanings[status] ?? (status < 300 ? 'Taken' : 'Refused')
  if (status < 300) {
    return {
      word: `${status}`,
      meaning: repeated ? 'Taken before, not applied again' : meaning,
      tone: 'good',
    }
  }
  const temporary = [408, 425, 429].includes(status) || (status >= 500 && status !== 501)
  return { word: `${status}`, meaning, tone: temporary ? 'again' : 'refused' }
}
