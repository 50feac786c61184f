/** @import { LoggedRequest } from './logged-request.js' */
import { restAnswerOf } from './answer.js'
import { clock } from './clock.js'
import { element } from './element.js'
import { methodBadge } from './method-badge.js'
import { hrefTo } from './route.js'

/**
 * The row of a REST request in the list of messages. A request has neither attempts nor a delay: nothing numbers it.
 *
 * @param {LoggedRequest} logged
 */
export function requestRow({ key, entry, request }) {
  const answer = restAnswerOf(entry)
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: 'message-row',
        href: hrefTo('messages', key),
        'data-testid': 'request-row',
        'data-key': key,
      },
      element('time', { class: 'when', datetime: entry.receivedAt }, clock(entry.receivedAt)),
      methodBadge(entry.method),
      element('span', { class: 'name', title: entry.path, 'data-testid': 'request-path' }, request.name),
      element('span', { class: 'who', 'data-testid': 'request-who' }, request.who ?? ''),
      element(
        'span',
        { class: `answer ${answer.tone}`, title: answer.meaning, 'data-testid': 'request-status' },
        answer.word,
      ),
      element('span', { class: 'attempts' }),
      element('span', { class: 'delay' }),
    ),
  )
}
