export interface Contestant {
  /** Of the file in `contestants/`. */
  id: string
  name: string
  /** The packages whose versions the report tells. */
  packages: string[]
  /** What it takes for success as an answer's body. */
  answer: string
  /** A yardstick rather than something to choose: what the plugin stands on, or a part of the measurement. */
  isYardstick?: boolean
}

const json = '{"status":1,"success":true,"code":200}'

/** What a page can use to send events; the plugin first. */
export const contestants: Contestant[] = [
  {
    id: 'userengage',
    name: 'userengage-analytics-next',
    answer: json,
    packages: ['@segment/analytics-next'],
  },
  {
    id: 'segment',
    name: 'Segment.io, standard',
    answer: json,
    packages: ['@segment/analytics-next'],
  },
  {
    id: 'segment-batching',
    name: 'Segment.io, batching',
    answer: json,
    packages: ['@segment/analytics-next'],
  },
  { id: 'rudderstack', name: 'RudderStack', answer: 'OK', packages: ['@rudderstack/analytics-js'] },
  { id: 'posthog', name: 'PostHog', answer: json, packages: ['posthog-js'] },
  { id: 'amplitude', name: 'Amplitude', answer: json, packages: ['@amplitude/analytics-browser'] },
  { id: 'mixpanel', name: 'Mixpanel', answer: '1', packages: ['mixpanel-browser'] },
  { id: 'snowplow', name: 'Snowplow', answer: 'ok', packages: ['@snowplow/browser-tracker'] },
  { id: 'floor', name: 'JSON.stringify + fetch', answer: json, isYardstick: true, packages: [] },
  {
    id: 'analytics-alone',
    name: 'Analytics.js alone',
    answer: json,
    isYardstick: true,
    packages: ['@segment/analytics-next'],
  },
  {
    id: 'plugin-alone',
    name: 'the plugin without Analytics.js',
    answer: json,
    isYardstick: true,
    packages: [],
  },
]
