/** @import { LoggedMessage } from './message-log.js' */
import { answerOf } from './answer.js'
import { element } from './element.js'

const kinds = /** @type {const} */ (['all', 'identify', 'page', 'track', 'group', 'failed'])

/** The filter searches only the beginning of a body: one 1 MB message must not make every keystroke slow. */
const searchedChars = 20_000

/**
 * Filters messages by type and text.
 *
 * @param {() => void} changed
 */
export function createMessageFilter(changed) {
  /** @type {(typeof kinds)[number]} */
  let kind = 'all'
  /** @type {WeakMap<LoggedMessage, string>} */
  const haystacks = new WeakMap()

  const search = element('input', {
    type: 'search',
    id: 'message-search',
    placeholder: 'Filter  /',
    'aria-label': 'Filter messages by text',
    autocomplete: 'off',
    spellcheck: 'false',
    input: changed,
  })
  const buttons = kinds.map((name) =>
    element(
      'button',
      {
        type: 'button',
        class: 'kind',
        'data-kind': name,
        'aria-pressed': String(name === kind),
        click: () => choose(name),
      },
      name,
    ),
  )

  /** @param {(typeof kinds)[number]} name */
  function choose(name) {
    kind = name
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.kind === name))
    changed()
  }

  /** @param {LoggedMessage} message */
  function haystackOf(message) {
    const known = haystacks.get(message)
    if (known !== undefined) return known
    const { entry, facts } = message
    const words = [facts.type, facts.name, facts.who, answerOf(entry).word, JSON.stringify(entry.body)]
    const haystack = words.join(' ').slice(0, searchedChars).toLowerCase()
    haystacks.set(message, haystack)
    return haystack
  }

  /** @param {LoggedMessage} message */
  function isOfKind({ entry, facts }) {
    if (kind === 'all') return true
    return kind === 'failed' ? answerOf(entry).tone !== 'good' : facts.type === kind
  }

  return {
    element: element(
      'div',
      { class: 'filter' },
      element('div', { class: 'kinds', role: 'group', 'aria-label': 'Filter messages by type' }, ...buttons),
      search,
    ),
    /** @param {LoggedMessage} message */
    matches(message) {
      const wanted = search.value.trim().toLowerCase()
      return isOfKind(message) && (wanted === '' || haystackOf(message).includes(wanted))
    },
    focus: () => search.focus(),
  }
}
