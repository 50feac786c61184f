/** @import { RestFault } from '../rules/rest-fault.ts' */
/** @typedef {'messages' | 'requests'} Target */
import { element } from './element.js'

/** @type {[kind: string, label: string][]} */
const kinds = [
  ['status', 'answer with a status'],
  ['drop', 'cut the connection'],
  ['loseAnswer', 'apply, but lose the answer'],
  ['delay', 'only delay'],
]

/**
 * The form that adds a fault: its effect, and the messages or REST requests that it affects.
 *
 * @param {(target: Target, fault: RestFault) => Promise<void>} add
 */
export function createFaultForm(add) {
  const kind = element(
    'select',
    { name: 'kind', 'aria-label': 'What happens', change: showBlanks },
    ...kinds.map(([value, label]) => element('option', { value }, label)),
  )
  const target = element(
    'select',
    { name: 'target', 'aria-label': 'What fails', change: showBlanks },
    element('option', { value: 'messages' }, 'messages'),
    element('option', { value: 'requests' }, 'REST requests'),
  )
  const path = element('input', {
    type: 'text',
    class: 'path',
    name: 'path',
    'aria-label': 'Path below /api/public/',
    placeholder: 'any path',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
  })
  const ofPath = element('label', { class: 'blanks' }, 'to ', path)
  const times = number('times', 'How many', '1', { min: 1, required: true })
  const status = number('status', 'Status', '503', { min: 200, max: 599, required: true })
  const retryAfter = number('retryAfter', 'Retry-After in seconds', '', { min: 0, placeholder: 'none' })
  const delay = number('delayMs', 'Delay in milliseconds', '', { min: 0, placeholder: '0' })
  const ofStatus = element(
    'span',
    { class: 'blanks' },
    status,
    element('label', {}, 'Retry-After ', retryAfter, ' s'),
  )

  function showBlanks() {
    ofPath.hidden = target.value !== 'requests'
    ofStatus.hidden = kind.value !== 'status'
    status.disabled = ofStatus.hidden
    delay.required = kind.value === 'delay'
    delay.min = kind.value === 'delay' ? '1' : '0'
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault()
    const hitsRequests = target.value === 'requests'
    const prefix = path.value.trim().replace(/^\/api\/public\//, '')
    void add(hitsRequests ? 'requests' : 'messages', {
      ...(hitsRequests && prefix !== '' && { path: prefix }),
      ...(kind.value === 'status' && { status: Number(status.value) }),
      ...(kind.value === 'status' && retryAfter.value !== '' && { retryAfter: Number(retryAfter.value) }),
      ...(kind.value === 'drop' && { drop: true }),
      ...(kind.value === 'loseAnswer' && { loseAnswer: true }),
      ...(Number(delay.value) > 0 && { delayMs: Number(delay.value) }),
      times: Number(times.value),
    })
  }

  showBlanks()
  return element(
    'form',
    { class: 'fault-form', 'aria-label': 'Add a fault', submit },
    element('label', {}, 'The next ', times),
    target,
    ofPath,
    kind,
    ofStatus,
    element('label', {}, 'after ', delay, ' ms'),
    element('button', { type: 'submit', class: 'primary' }, 'Add'),
  )
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 * @param {import('./element.js').Attributes} more
 */
const number = (name, label, value, more) =>
  element('input', { type: 'number', step: 1, name, 'aria-label': label, value, ...more })
