// Analytics.js without any destination: what a site that uses it pays already.
import { Analytics } from '@segment/analytics-next'

let analytics

export function init() {
  analytics = new Analytics({ writeKey: 'bench' }, { retryQueue: true })
}

export function track(event, properties) {
  analytics.track(event, properties)
}
