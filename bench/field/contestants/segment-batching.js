import { loadSegment } from '../segment.js'

let analytics

// The sizes are the docs' own:
// https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/#batching
export function init(url) {
  analytics = loadSegment(url, { strategy: 'batching', config: { size: 10, timeout: 5000 } })
}

export function track(event, properties) {
  analytics.track(event, properties)
}
