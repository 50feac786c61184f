import { AnalyticsBrowser } from '@segment/analytics-next'

/** Analytics.js with Segment's own destination. The settings that its CDN would give are given here: no request. */
export const loadSegment = (url, deliveryStrategy) =>
  AnalyticsBrowser.load(
    {
      writeKey: 'bench',
      cdnSettings: {
        integrations: {
          'Segment.io': { apiKey: 'bench', apiHost: `${new URL(url).host}/v1`, protocol: 'http' },
        },
        metrics: { sampleRate: 0 },
      },
    },
    { integrations: { 'Segment.io': { deliveryStrategy } } },
  )
