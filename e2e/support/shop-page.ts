/** Analytics.js without a Segment workspace: no settings from its CDN, no delivery to Segment, no telemetry. */
export const withoutSegment = `
  { writeKey: 'test', cdnSettings: { integrations: { 'Segment.io': { apiKey: '' } }, metrics: { sampleRate: 0 } } },
  { integrations: { 'Segment.io': false } }`

/** A page that has analytics from npm, with the plugin registered as `window.plugin`. */
export const shopPage = (settings: object): string => `
  <h1>A shop</h1>
  <script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    const plugin = userEngage(${JSON.stringify(settings)})
    await analytics.register(plugin)
    window.plugin = plugin
  </script>`
