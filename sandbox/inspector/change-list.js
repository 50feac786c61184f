/** @import { Change } from '../api-types.ts' */
import { changeSentence } from './change-sentence.js'
import { element } from './element.js'

/**
 * The changes that a message or a REST request made.
 *
 * @param {Change[]} changes
 * @param {string} whyNone the reason if it made none
 */
export function changeList(changes, whyNone) {
  if (changes?.length) {
    return element(
      'ul',
      { class: 'changes', 'data-testid': 'message-changes' },
      ...changes.map(changeSentence),
    )
  }
  return element('p', { class: 'nothing', 'data-testid': 'message-changes' }, `Nothing. ${whyNone}`)
}
