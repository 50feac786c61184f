// Without the session recorder: https://docs.mixpanel.com/docs/tracking-methods/sdks/javascript
import mixpanel from 'mixpanel-browser/src/loaders/loader-module-core'

export function init(url) {
  mixpanel.init('bench', { api_host: url, persistence: 'localStorage', ignore_dnt: true })
}

export function track(event, properties) {
  mixpanel.track(event, properties)
}
