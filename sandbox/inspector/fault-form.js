/** @import { Fault } from '../api-types.ts' */
import { element } from './element.js'

/** @type {[kind: string, label: string][]} */
const kinds = [
  ['status', 'answer with a status'],
  ['drop', 'cut the connection'],
  ['loseAnswer', 'apply, but lose the answer'],
  ['delay', 'only delay'],
]

/**
 * The form that adds a fault: its effect, and the number of messages that it affects.
 *
 * @param {(fault: Fault) => Promise<void>} add
 */
export function createFaultForm(add) {
  const kind = element(
    'select',
    { name: 'kind', 'aria-label': 'What happens', change: showBlanks },
    ...kinds.map(([value, label]) => element('option', { value }, label)),
  )
  const times = number('times', 'How many messages', '1', { min: 1, required: true })
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
    ofStatus.hidden = kind.value !== 'status'
    status.disabled = ofStatus.hidden
    delay.required = kind.value === 'delay'
    delay.min = kind.value === 'delay' ? '1' : '0'
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault()
    void add({
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
    element('label', {}, 'The next ', times, ' messages:'),
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
