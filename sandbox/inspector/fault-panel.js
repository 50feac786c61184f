/** @import { Api } from './api.js' */
/** @import { RestFault } from '../rules/rest-fault.ts' */
/** @import { Target } from './fault-form.js' */
import { debounced } from './debounced.js'
import { element } from './element.js'
import { createFaultForm } from './fault-form.js'
import { faultWords, waitingFor } from './fault-words.js'
import { redraw } from './redraw.js'
import { sentenceOf } from './request.js'
import { hrefTo, parseRoute } from './route.js'

/** @typedef {Record<Target, RestFault[]>} Faults */

/**
 * The panel that makes the next messages or REST requests fail. The list below it shows the effect.
 *
 * @param {Api} api
 */
export function createFaultPanel(api) {
  const button = element(
    'button',
    {
      type: 'button',
      class: 'faults-button',
      'aria-expanded': 'false',
      'aria-controls': 'faults',
      'data-testid': 'faults-button',
      click: toggle,
    },
    'Faults',
  )
  const pending = element('div', { class: 'pending', 'data-testid': 'faults-pending' })
  const problem = element('p', { class: 'problem', role: 'alert' })
  const panel = element(
    'section',
    { id: 'faults', class: 'faults', 'aria-label': 'Faults', 'data-testid': 'faults', hidden: true },
    createFaultForm((target, fault) =>
      attempt(() => (target === 'messages' ? api.addFault(fault) : api.addRestFault(fault))),
    ),
    problem,
    pending,
  )

  let reading = 0
  const clear = () => Promise.all([api.clearFaults(), api.clearRestFaults()])

  /** Does the work, if any, and shows the faults that wait then. @param {() => Promise<unknown>} [work] */
  async function attempt(work) {
    try {
      await work?.()
      const mine = ++reading
      const [messages, requests] = await Promise.all([api.faults(), api.restFaults()])
      // A later reading knows more.
      if (mine === reading) draw({ messages, requests })
      problem.textContent = ''
    } catch (error) {
      problem.textContent = sentenceOf(error)
    }
  }

  /** @param {Faults} faults */
  function draw({ messages, requests }) {
    const waiting = waitingFor([...messages, ...requests])
    button.textContent = waiting > 0 ? `Faults (${waiting})` : 'Faults'
    button.classList.toggle('waiting', waiting > 0)
    const lines = [
      ...messages.map((fault) => faultWords('messages', fault)),
      ...requests.map((fault) => faultWords('requests', fault)),
    ]
    if (lines.length === 0) {
      redraw(pending, element('p', { class: 'nothing' }, 'No fault is pending: all is answered as usual.'))
      return
    }
    redraw(
      pending,
      element(
        'ol',
        { 'aria-label': 'Pending faults, the next one first' },
        ...lines.map((line) => element('li', {}, line)),
      ),
      element(
        'button',
        { type: 'button', 'data-focus': 'clear-faults', click: () => attempt(clear) },
        lines.length === 1 ? 'Clear' : 'Clear all',
      ),
    )
  }

  /** @param {boolean} open */
  function setOpen(open) {
    panel.hidden = !open
    button.setAttribute('aria-expanded', String(open))
  }

  /** Opens or closes the panel, and notes that in the URL. */
  function toggle() {
    setOpen(panel.hidden === true)
    remember()
  }

  function remember() {
    const { key } = parseRoute(location.hash)
    history.replaceState(null, '', hrefTo('messages', key, { faults: panel.hidden ? '' : 'open' }))
  }

  return {
    button,
    panel,
    isOpen: () => !panel.hidden,
    refreshSoon: debounced(150, attempt),
    /** @param {URLSearchParams} query */
    show(query) {
      if (query.get('faults') === 'open') setOpen(true)
      // The panel stays open when a message is opened, although the link to the message does not mention it.
      else if (!panel.hidden) remember()
      void attempt()
    },
  }
}
