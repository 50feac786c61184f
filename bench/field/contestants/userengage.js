import { Analytics } from '@segment/analytics-next'
import { userEngage } from 'userengage-analytics-next'

let analytics

// As docs/getting-started.md has it for a site without a Segment workspace. `queue` is what docs/settings.md has for a
// site that wants to keep more than a thousand calls: here it is the size of the largest backlog.
export function init(url) {
  analytics = new Analytics({ writeKey: 'bench' }, { retryQueue: true })
  analytics.register(
    userEngage({ apiKey: 'demo', endpoint: `${url}/userengage`, queue: { maxMessages: 20_000 } }),
  )
}

export function track(event, properties) {
  analytics.track(event, properties)
}
