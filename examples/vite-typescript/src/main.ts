import { analytics, destination } from './analytics'

void analytics.page()

document.querySelector('#buy')?.addEventListener('click', async () => {
  await analytics.track('Order Completed', { total: 12, currency: 'EUR' })
  const settled = await destination.flush()
  const output = document.querySelector('#settled')
  if (output) output.textContent = settled ? 'Delivered' : 'It waits for the network'
})
