import { Analytics } from '@segment/analytics-next'
import { type Message, userEngage } from 'userengage-analytics-next'

/** Without a Segment workspace; with one: `AnalyticsBrowser.load({ writeKey: '…' })`. */
export const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })

export const destination = userEngage({
  // Where the variable is missing, as in a preview, the plugin does nothing.
  enabled: Boolean(import.meta.env.VITE_USERENGAGE_API_KEY),
  apiKey: import.meta.env.VITE_USERENGAGE_API_KEY,
  endpoint: import.meta.env.VITE_USERENGAGE_ENDPOINT,
  debug: import.meta.env.DEV,
  onDropped: (message: Message, { reason }) => console.warn(`${message.type} was dropped: ${reason}`),
})
await analytics.register(destination)
