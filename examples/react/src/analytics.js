import { Analytics } from '@segment/analytics-next'
import { userEngage } from 'userengage-analytics-next'

export const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })

analytics.register(
  userEngage({
    // Where the variable is missing, as in a preview, the plugin does nothing.
    enabled: Boolean(import.meta.env.VITE_USERENGAGE_API_KEY),
    apiKey: import.meta.env.VITE_USERENGAGE_API_KEY,
    endpoint: import.meta.env.VITE_USERENGAGE_ENDPOINT,
    // Every route change is a page. The first page is ours to call.
    autoPage: true,
  }),
)
analytics.page()
