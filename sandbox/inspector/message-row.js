/** @import { LoggedMessage } from './logged-message.js' */
import { answerOf } from './answer.js'
import { clock } from './clock.js'
import { duration } from './duration.js'
import { element } from './element.js'
import { hrefTo } from './route.js'
import { typeBadge } from './type-badge.js'

/** A longer delay is highlighted: the message waited in the queue, it was not merely in transit. */
const lateMs = 5000

/**
 * One row of the message list. It is a link, so that Enter, a middle click and "copy link" work as usual.
 *
 * @param {LoggedMessage} message
 */
export function messageRow({ key, entry, facts, attempt }) {
  const answer = answerOf(entry)
  const late = facts.delayMs !== null && Math.abs(facts.delayMs) >= lateMs
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: 'message-row',
        href: hrefTo('messages', key),
        'data-testid': 'message-row',
        'data-key': key,
        'data-type': facts.type,
        'data-message-id': facts.messageId,
      },
      element(
        'time',
        { class: 'when', datetime: entry.receivedAt, 'data-testid': 'message-time' },
        clock(entry.receivedAt),
      ),
      typeBadge(facts.type),
      element('span', { class: 'name', 'data-testid': 'message-name' }, facts.name ?? 'no name'),
      element('span', { class: 'who', 'data-testid': 'message-who' }, facts.who ?? 'nobody'),
      element(
        'span',
        { class: `answer ${answer.tone}`, title: answer.meaning, 'data-testid': 'message-status' },
        answer.word,
        entry.repeated && element('span', { class: 'repeated', 'data-testid': 'message-repeated' }, 'repeat'),
      ),
      element(
        'span',
        {
          class: attempt > 1 ? 'attempts several' : 'attempts',
          title: `Arrival ${attempt} of this messageId`,
          'data-testid': 'message-attempts',
        },
        attempt,
      ),
      element(
        'span',
        {
          class: late ? 'delay late' : 'delay',
          title: 'From the call to its arrival',
          'data-testid': 'message-delay',
        },
        facts.delayMs === null ? '–' : duration(facts.delayMs),
      ),
    ),
  )
}
