import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'

// https://docs.snowplow.io/docs/sources/web-trackers/tracker-setup/initialization-options/
export function init(url) {
  newTracker('bench', url, { appId: 'bench', keepalive: true })
}

export function track(event, properties) {
  trackSelfDescribingEvent({
    event: { schema: 'iglu:com.example/order/jsonschema/1-0-0', data: { event, ...properties } },
  })
}
