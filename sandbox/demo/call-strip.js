/** @import { Call } from './recorder.js' */
import { element } from '../inspector/element.js'
import { callCode } from './call-code.js'

const kept = 8

/**
 * The last calls, newest first. The newest is unfolded, so that the reader sees a click and its code together.
 *
 * @param {HTMLElement} strip
 */
export function createCallStrip(strip) {
  const list = element('ol', { class: 'calls', 'aria-live': 'polite' })
  strip.append(list)
  if (!window.analytics) strip.append(missing())

  /** @param {Call} call */
  return (call) => {
    const code = callCode(call)
    for (const details of list.querySelectorAll('details')) details.open = false
    list.prepend(element('li', { 'data-testid': 'call', 'data-method': call.method }, shown(code)))
    while (list.childElementCount > kept) list.lastElementChild?.remove()
  }
}

/** @param {string} code */
function shown(code) {
  const [first = ''] = code.split('\n')
  if (first === code) return element('code', {}, code)
  const rest = code.slice(first.length + 1)
  return element(
    'details',
    { open: true },
    element('summary', {}, element('code', {}, first)),
    element('pre', {}, rest),
  )
}

const missing = () =>
  element(
    'p',
    { class: 'missing', role: 'note' },
    'window.analytics is missing, so none of these calls is sent. Build the plugin (npm run build), then reload.',
  )
