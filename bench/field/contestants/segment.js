import { loadSegment } from '../segment.js'

let analytics

// `keepalive` as the docs advise for calls before a navigation:
// https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/#delivery-strategy-configuration
export function init(url) {
  analytics = loadSegment(url, { strategy: 'standard', config: { keepalive: true } })
}

export function track(event, properties) {
  analytics.track(event, properties)
}
