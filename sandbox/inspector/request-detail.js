/** @import { LoggedRequest } from './logged-request.js' */
/** @import { RestEntry } from '../rest-types.ts' */
import { restAnswerOf } from './answer.js'
import { changeList } from './change-list.js'
import { clock } from './clock.js'
import { element } from './element.js'
import { headerTable } from './header-table.js'
import { jsonView } from './json-view.js'
import { methodBadge } from './method-badge.js'
import { pair } from './pair.js'
import { hrefTo } from './route.js'

/**
 * One REST request: its changes, its answer, its body and its headers.
 *
 * @param {LoggedRequest} logged
 */
export function requestDetail({ entry, request }) {
  const answer = restAnswerOf(entry)
  const title = `${entry.method} ${entry.path}`
  return element(
    'article',
    { class: 'detail', 'aria-label': `REST request: ${title}`, 'data-testid': 'request-detail' },
    element('header', {}, methodBadge(entry.method), element('h2', { class: 'path' }, entry.path)),
    element(
      'dl',
      { class: 'summary' },
      ...pair(
        'Answer',
        'detail-status',
        element('span', { class: `answer ${answer.tone}` }, answer.word),
        ` ${answer.meaning}`,
      ),
      ...pair('Received', 'detail-time', clock(entry.receivedAt)),
      ...pair(
        'User',
        'detail-who',
        request.who === null
          ? 'nobody'
          : element('a', { href: hrefTo('profiles', request.who) }, request.who),
      ),
    ),
    element('h3', {}, 'Changes'),
    changeList(entry.changes, whyNothing(entry)),
    element('h3', {}, 'Body'),
    entry.body === null ? nothing('None.') : jsonView(entry.body),
    element('h3', {}, 'Answer'),
    answered(entry),
    element('h3', {}, 'Request headers'),
    headerTable(entry.headers),
  )
}

/** @param {RestEntry} entry */
function whyNothing({ status, method }) {
  if (status === 0) return 'The connection was cut.'
  if (status >= 300) return 'The request was refused.'
  return method === 'GET' ? 'A GET request only reads.' : 'Every value was set already.'
}

/** @param {RestEntry} entry */
function answered(entry) {
  if (entry.status === 0) return nothing('None: the connection was cut.')
  return entry.answer === null ? nothing(whyNoAnswer(entry)) : jsonView(entry.answer, 'Answer')
}

/** @param {RestEntry} entry */
const whyNoAnswer = ({ status }) =>
  status < 204 ? 'The answer is too long for the log.' : 'The answer has no body.'

/** @param {string} words */
const nothing = (words) => element('p', { class: 'nothing' }, words)
