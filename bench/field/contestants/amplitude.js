import * as amplitude from '@amplitude/analytics-browser'

// https://amplitude.com/docs/sdks/analytics/browser/browser-sdk-2, with what it advises for the end of a page.
export function init(url) {
  amplitude.init('bench', {
    serverUrl: `${url}/2/httpapi`,
    autocapture: false,
    remoteConfig: { fetchRemoteConfig: false },
    enableDiagnostics: false,
  })
  addEventListener('pagehide', () => {
    amplitude.setTransport('beacon')
    amplitude.flush()
  })
}

export function track(event, properties) {
  amplitude.track(event, properties)
}
