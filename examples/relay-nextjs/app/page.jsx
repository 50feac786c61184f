'use client'

import { Analytics } from '@segment/analytics-next'
import { useEffect } from 'react'
import { userEngage } from 'userengage-analytics-next'

let analytics

export default function Shop() {
  useEffect(() => {
    if (analytics) return
    analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
    analytics.register(userEngage({ apiKey: 'public', endpoint: '/hello' }))
    analytics.page()
  }, [])

  function signUp() {
    analytics.identify('ada', { email: 'ada@example.com', firstName: 'Ada' })
    analytics.track('Signed Up')
  }

  return (
    <button type="button" onClick={signUp}>
      Sign up
    </button>
  )
}
