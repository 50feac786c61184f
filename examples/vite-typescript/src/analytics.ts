import { Analytics } from '@segment/analytics-next'
import { type Message, userEngage } from 'userengage-analytics-next'

/** Without a Segment workspace; with one: `AnalyticsBrowser.load({ writeKey: '…' })`. */
export const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })

export const destination = userEngage({
  apiKey: 'demo',
  endpoint: 'http://localhost:4400/api/segment/',
  debug: import.meta.env.DEV,
  onDropped: (message: Message, { reason }) => console.warn(`${message.type} was dropped: ${reason}`),
})
await analytics.register(destination)
