// The bundle with all plugins inside: the other one loads them from RudderStack's CDN.
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'

const rudder = new RudderAnalytics()

// https://www.rudderstack.com/docs/sources/event-streams/sdks/rudderstack-javascript-sdk/load-js-sdk/
export function init(url) {
  rudder.load('bench', url, {
    // What its control plane would answer: a source without device-mode destinations.
    getSourceConfig: () => ({
      source: {
        id: 'bench',
        name: 'bench',
        writeKey: 'bench',
        enabled: true,
        workspaceId: 'bench',
        destinations: [],
        config: {},
        connections: [],
      },
      updatedAt: '2026-01-01T00:00:00.000Z',
    }),
    sendAdblockPage: false,
  })
}

export function track(event, properties) {
  rudder.track(event, properties)
}
