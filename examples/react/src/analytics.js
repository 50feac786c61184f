import { Analytics } from '@segment/analytics-next'
import { userEngage } from 'userengage-analytics-next'

export const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })

analytics.register(
  userEngage({
    apiKey: 'demo',
    endpoint: 'http://localhost:4400/api/segment/',
    // Every route change is a page. The first page is ours to call.
    autoPage: true,
  }),
)
analytics.page()
