// An app, for the bundlers of bundlers.spec.ts. Its page has `settings`.
import { Analytics } from '@segment/analytics-next'
import { userEngage } from 'userengage-analytics-next'

const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
void analytics.register(userEngage(window.settings))
void analytics.page()
