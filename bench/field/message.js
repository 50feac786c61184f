const context = {
  page: { path: location.pathname, referrer: '', search: '', title: document.title, url: location.href },
  userAgent: navigator.userAgent,
  locale: navigator.language,
  timezone: 'Europe/Warsaw',
  library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
  userAgentData: { mobile: false, platform: 'Linux', brands: [{ brand: 'Chromium', version: '156' }] },
  os: { name: 'Linux', version: '6.1' },
  browser: { name: 'Chrome', version: '156.0.0.0' },
  device: { type: 'desktop' },
  screen: { width: 1280, height: 720, density: 1 },
}

/** A message as the plugin sends it, from this browser. */
export const messageOf = (event, properties) => ({
  type: 'track',
  event,
  properties,
  messageId: `ajs-next-${Date.now()}-${crypto.randomUUID()}`,
  timestamp: new Date().toISOString(),
  sentAt: new Date().toISOString(),
  anonymousId: '3d4c5f0e-6d0e-4b3b-9a63-2e3ff7fd7ad1',
  context: { ...context },
})

/**
 * What a shop sends of an order.
 *
 * @param serial tells the calls apart at the collector
 * @param bytes of a note
 */
export const orderOf = (serial, bytes = 0) => ({
  serial,
  ...(bytes > 0 && { note: 'x'.repeat(bytes) }),
  order_id: `order-${serial}`,
  total: 82.5,
  revenue: 70,
  shipping: 5,
  tax: 7.5,
  currency: 'EUR',
  coupon: 'AUTUMN',
  affiliation: 'Web shop',
  payment_method: 'card',
  gift: false,
  products: [
    { product_id: '507f1f77', sku: 'G-32', name: 'Tea pot', price: 42.5, quantity: 1, category: 'Kitchen' },
    { product_id: '505bd76785', sku: 'C-12', name: 'Cup', price: 10, quantity: 4, category: 'Kitchen' },
  ],
})
