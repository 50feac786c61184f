// The plugin without Analytics.js: driven by the smallest host that keeps its contract. The message is the floor's.
import { userEngage } from 'userengage-analytics-next'
import { messageOf } from '../message.js'

let plugin
let note

export function init(url) {
  plugin = userEngage({ apiKey: 'demo', endpoint: `${url}/userengage`, queue: { maxMessages: 20_000 } })
  const on = (name, listener) => {
    if (name === 'dispatch_start') note = listener
  }
  plugin.load({}, { on, off() {}, emit() {} })
}

export function track(event, properties) {
  const context = { id: crypto.randomUUID(), event: messageOf(event, properties) }
  note(context)
  queueMicrotask(() => plugin.track(context))
}
