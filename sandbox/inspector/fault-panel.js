/** @import { Api } from './api.js' */
/** @import { Fault } from '../api-types.ts' */
import { debounced } from './debounced.js'
import { element } from './element.js'
import { createFaultForm } from './fault-form.js'
import { faultWords, waitingFor } from './fault-words.js'
import { redraw } from './redraw.js'
import { sentenceOf } from './request.js'
import { hrefTo, parseRoute } from './route.js'

/**
 * The panel that makes the next messages fail. The message list below it shows the effect.
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
    createFaultForm((fault) => attempt(() => api.addFault(fault))),
    problem,
    pending,
  )

  /** @param {() => Promise<Fault[]>} work */
  async function attempt(work) {
    try {
      draw(await work())
      problem.textContent = ''
    } catch (error) {
      problem.textContent = sentenceOf(error)
    }
  }

  /** @param {Fault[]} faults */
  function draw(faults) {
    const waiting = waitingFor(faults)
    button.textContent = waiting > 0 ? `Faults (${waiting})` : 'Faults'
    button.classList.toggle('waiting', waiting > 0)
    if (faults.length === 0) {
      redraw(
        pending,
        element('p', { class: 'nothing' }, 'No fault is pending: messages are accepted as usual.'),
      )
      return
    }
    redraw(
      pending,
      element(
        'ol',
        { 'aria-label': 'Pending faults, the next one first' },
        ...faults.map((fault) => element('li', {}, faultWords(fault))),
      ),
      element(
        'button',
        { type: 'button', 'data-focus': 'clear-faults', click: () => attempt(api.clearFaults) },
        faults.length === 1 ? 'Clear' : 'Clear all',
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

  const refresh = () => attempt(api.faults)
  return {
    button,
    panel,
    isOpen: () => !panel.hidden,
    refreshSoon: debounced(150, refresh),
    /** @param {URLSearchParams} query */
    show(query) {
      if (query.get('faults') === 'open') setOpen(true)
      // The panel stays open when a message is opened, although the link to the message does not mention it.
      else if (!panel.hidden) remember()
      void refresh()
    },
  }
}
