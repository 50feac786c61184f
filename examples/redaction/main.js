import { Analytics } from '@segment/analytics-next'
import { userEngage, withoutQuery } from 'userengage-analytics-next'

const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
const withoutEmails = (text) => text.replace(/[\w.+-]+@[\w.-]+/g, '(email)')

analytics.register(
  userEngage({
    apiKey: 'demo',
    endpoint: 'http://localhost:4400/api/segment/',
    // These are never sent.
    omit: ['resolution', 'device_name', 'timezone'],
    // Runs before a message is stored or sent.
    beforeSend(message) {
      // Staff are nobody's customers.
      if (message.userId?.endsWith('@shop.example')) return null
      if (message.type === 'track' && message.event === 'Searched') {
        message.properties.query = withoutEmails(message.properties.query)
      }
      // Takes query and fragment out of the addresses: `url`, `search`, `referrer`.
      return withoutQuery(message)
    },
  }),
)
analytics.page()

document.querySelector('#search').addEventListener('submit', (event) => {
  event.preventDefault()
  analytics.track('Searched', { query: event.target.elements.query.value })
})
document.querySelector('#staff').addEventListener('click', () => analytics.identify('ada@shop.example'))
