'use client'

import { Analytics } from '@segment/analytics-next'
import { useEffect } from 'react'
import { userEngage } from 'userengage-analytics-next'

// This module runs on the server as well, where the factory gives a plugin that does nothing.
const destination = userEngage({
  // Where the variable is missing, as in a preview, the plugin does nothing.
  enabled: Boolean(process.env.NEXT_PUBLIC_USERENGAGE_API_KEY),
  apiKey: process.env.NEXT_PUBLIC_USERENGAGE_API_KEY,
  endpoint: process.env.NEXT_PUBLIC_USERENGAGE_ENDPOINT,
  autoPage: true,
})

let analytics

/** Analytics.js itself belongs to the browser: it is made when the page has come to life. */
export function Tracking() {
  useEffect(() => {
    if (analytics) return
    analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
    analytics.register(destination)
    analytics.page()
  }, [])
  return null
}

export const track = (event, properties) => analytics?.track(event, properties)
