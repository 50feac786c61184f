/** @import { Change, Entry } from '../api-types.ts' */
/** @import { RestEntry } from '../rest-types.ts' */

/** @typedef {{ word: string, meaning: string, tone: 'good' | 'again' | 'refused' | 'lost' }} Answer */

/** @type {Record<number, string>} */
const meanings = {
  408: 'Request timeout',
  425: 'Too early',
  429: 'Too many requests',
  500: 'Server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
}

/** @type {Record<number, string>} */
const ofMessages = {
  ...meanings,
  200: 'Accepted',
  400: 'Malformed message',
  401: 'Unknown API key',
  403: 'API key revoked, or domain not trusted',
  413: 'Message too large',
  422: 'Message refused',
  501: 'Type not known',
}

/** @type {Record<number, string>} */
const ofRequests = {
  ...meanings,
  201: 'Created',
  204: 'Done, without a body',
  301: 'The path has no final slash',
  400: 'Malformed request',
  401: 'Unknown token',
  403: 'The token may not do this',
  404: 'Not found',
  405: 'No such method here',
  409: 'Already in use',
  413: 'Request too large',
}

/**
 * The sandbox's answer to a message as a word, a sentence and a tone.
 *
 * @param {Entry} entry
 * @returns {Answer}
 */
export function answerOf({ status, repeated, changes }) {
  const answer = described(status, changes, ofMessages[status] ?? (status < 300 ? 'Accepted' : 'Refused'))
  return repeated && answer.tone === 'good'
    ? { ...answer, meaning: 'Accepted before, not applied again' }
    : answer
}

/**
 * The same for a REST request.
 *
 * @param {RestEntry} entry
 * @returns {Answer}
 */
export const restAnswerOf = ({ status, changes }) =>
  described(status, changes, ofRequests[status] ?? (status < 300 ? 'Answered' : 'Refused'))

/**
 * @param {number} status
 * @param {Change[]} changes
 * @param {string} meaning
 * @returns {Answer}
 */
function described(status, changes, meaning) {
  if (status === 0) {
    // The sandbox loses the answer only of what it applied. It cuts the connection before anything else.
    return changes?.length
      ? { word: 'no answer', meaning: 'Applied, but the answer was lost on the way', tone: 'lost' }
      : { word: 'cut', meaning: 'The connection was cut before an answer', tone: 'lost' }
  }
  const temporary = [408, 425, 429].includes(status) || (status >= 500 && status !== 501)
  return { word: `${status}`, meaning, tone: status < 300 ? 'good' : temporary ? 'again' : 'refused' }
}
