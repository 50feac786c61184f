/** @import { Logged } from './log.js' */
import { answerOf, restAnswerOf } from './answer.js'
import { element } from './element.js'

/** @typedef {(typeof kinds)[number]} Kind */
const kinds = /** @type {const} */ (['all', 'identify', 'page', 'track', 'group', 'REST', 'failed'])

/** The filter searches only the beginning of a body: one 1 MB message must not make every keystroke slow. */
const searchedChars = 20_000

/**
 * Filters messages and REST requests by type and text.
 *
 * @param {() => void} changed
 */
export function createMessageFilter(changed) {
  /** @type {Kind} */
  let kind = 'all'
  /** @type {WeakMap<Logged, string>} */
  const haystacks = new WeakMap()

  const search = element('input', {
    type: 'search',
    id: 'message-search',
    placeholder: 'Filter  /',
    'aria-label': 'Filter by text',
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

  /** @param {Kind} name */
  function choose(name) {
    kind = name
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.kind === name))
    changed()
  }

  /** @param {Logged} logged */
  function haystackOf(logged) {
    const known = haystacks.get(logged)
    if (known !== undefined) return known
    const words = [...wordsOf(logged), JSON.stringify(logged.entry.body)]
    const haystack = words.join(' ').slice(0, searchedChars).toLowerCase()
    haystacks.set(logged, haystack)
    return haystack
  }

  return {
    element: element(
      'div',
      { class: 'filter' },
      element('div', { class: 'kinds', role: 'group', 'aria-label': 'Filter by type' }, ...buttons),
      search,
    ),
    /** @param {Logged} logged */
    matches(logged) {
      const wanted = search.value.trim().toLowerCase()
      return isOfKind(logged, kind) && (wanted === '' || haystackOf(logged).includes(wanted))
    },
    focus: () => search.focus(),
  }
}

/** @param {Logged} logged */
const toned = (logged) => ('request' in logged ? restAnswerOf(logged.entry) : answerOf(logged.entry))

/** @param {Logged} logged */
function wordsOf(logged) {
  const { word } = toned(logged)
  if ('request' in logged) return ['REST', logged.entry.method, logged.entry.path, logged.request.who, word]
  return [logged.facts.type, logged.facts.name, logged.facts.who, word]
}

/**
 * @param {Logged} logged
 * @param {Kind} kind
 */
function isOfKind(logged, kind) {
  if (kind === 'all') return true
  if (kind === 'failed') return toned(logged).tone !== 'good'
  return 'request' in logged ? kind === 'REST' : logged.facts.type === kind
}
