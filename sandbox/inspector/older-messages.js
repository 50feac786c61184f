/** @import { Api } from './api.js' */
/** @import { Log } from './log.js' */
import { element } from './element.js'

const atATime = 500

/**
 * A button that loads older messages and REST requests step by step: a sandbox may have more than a page can hold.
 *
 * @param {Api} api
 * @param {Log} log
 * @param {() => void} changed
 */
export function createOlderMessages(api, log, changed) {
  const { messages, requests } = log
  let rows = atATime
  const button = element('button', { type: 'button', class: 'more', click: step }, 'Show older messages')

  async function step() {
    button.disabled = true
    rows += atATime
    try {
      if (log.newestFirst().length < rows) await load()
      button.textContent = 'Show older messages'
    } catch {
      button.textContent = 'The sandbox does not answer. Try again'
    }
    button.disabled = false
    changed()
  }

  async function load() {
    const [olderMessages, olderRequests] = await Promise.all([
      messages.isWhole() ? [] : api.messagesBefore(messages.firstId(), atATime),
      requests.isWhole() ? [] : api.requestsBefore(requests.firstId(), atATime),
    ])
    messages.addOlder(olderMessages, olderMessages.length < atATime)
    requests.addOlder(olderRequests, olderRequests.length < atATime)
  }

  return {
    element: button,
    /** The most rows that the list may show now. */
    rows: () => rows,
    update() {
      button.hidden = log.isWhole() && log.newestFirst().length <= rows
    },
  }
}
