/** @import { LoggedMessage } from './logged-message.js' */
import { answerOf } from './answer.js'
import { changeList } from './change-list.js'
import { clock } from './clock.js'
import { duration } from './duration.js'
import { element } from './element.js'
import { headerTable } from './header-table.js'
import { jsonView } from './json-view.js'
import { pair } from './pair.js'
import { hrefTo } from './route.js'
import { withPlaces } from './settings-places.js'
import { typeBadge } from './type-badge.js'

/**
 * One message: its changes, its answer, its body and its headers.
 *
 * @param {LoggedMessage} message
 * @param {number} arrivals the number of times that this message has arrived
 */
export function messageDetail(message, arrivals) {
  const { entry, facts } = message
  const title = facts.name ?? 'Message without a name'
  return element(
    'article',
    {
      class: 'detail',
      'aria-label': `Message: ${title}`,
      'data-testid': 'message-detail',
    },
    element('header', {}, typeBadge(facts.type), element('h2', {}, title)),
    summary(message, arrivals),
    element('h3', {}, 'Changes'),
    changeList(entry.changes, whyNothing(entry)),
    element('h3', {}, 'Body'),
    jsonView(entry.body),
    element('h3', {}, 'Request headers'),
    headerTable(entry.headers),
  )
}

/**
 * @param {LoggedMessage} message
 * @param {number} arrivals
 */
function summary({ entry, facts, attempt }, arrivals) {
  const answer = answerOf(entry)
  const who = facts.who && element('a', { href: hrefTo('profiles', facts.who) }, facts.who)
  return element(
    'dl',
    { class: 'summary' },
    ...pair(
      'Answer',
      'detail-status',
      element('span', { class: `answer ${answer.tone}` }, answer.word),
      ` ${answer.meaning}`,
      entry.answer
        ? element('span', { class: 'said', 'data-testid': 'detail-answer' }, ...withPlaces(entry.answer))
        : null,
    ),
    ...pair('Attempt', 'detail-attempts', arrivals > 1 ? `${attempt} of ${arrivals}` : `${attempt}`),
    ...pair(
      'Delay',
      'detail-delay',
      facts.delayMs === null ? 'unknown: no timestamp' : duration(facts.delayMs),
    ),
    ...pair('Received', 'detail-time', clock(entry.receivedAt)),
    ...pair('User', 'detail-who', who || 'nobody'),
  )
}

/** @param {LoggedMessage['entry']} entry */
function whyNothing({ status, repeated }) {
  if (repeated) return 'A message with this messageId had been applied before.'
  if (status === 0) return 'The connection was cut before the message was applied.'
  return status < 300 ? 'Every value was set already.' : 'The message was refused, so nothing was applied.'
}
