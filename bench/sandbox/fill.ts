import type { Message } from '../../protocol/message.ts'
import { apply } from '../../sandbox/apply/apply.ts'
import { openStore } from '../../sandbox/database/store.ts'

/** How much a database is filled with. */
export interface Amount {
  events: number
  messages: number
  users: number
}

const app = 'demo'
const eventNames = ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed', 'Signed Out']
const pick = <T>(list: T[], index: number): T => list[index % list.length] as T

const context = {
  userAgent: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
  os: { name: 'Linux', version: '6' },
  browser: { name: 'Chrome', version: '156.0.8078.79' },
  device: { type: 'desktop' },
  screen: { width: 1920, height: 1080, density: 1 },
  locale: 'en-US',
  timezone: 'Europe/Warsaw',
  page: { url: 'https://shop.example/products/42', path: '/products/42', title: 'Product 42' },
}

/** Every user identifies once, joins a company, and comes back again and again; the first of them most often. */
function messageOf(index: number, { users }: Amount, start: number): Message {
  const first = index < users * 2
  const user = first ? index % users : index % 31 === 0 ? 0 : (index * 7919) % users
  const common = {
    messageId: `bench-${index}`,
    userId: `user-${user}`,
    timestamp: new Date(start + index * 60_000).toISOString(),
    context,
  }
  if (index < users) {
    const traits = { email: `user-${user}@example.com`, first_name: 'Ada', plan: pick(['free', 'pro'], user) }
    return { ...common, type: 'identify', traits } as Message
  }
  if (first)
    return {
      ...common,
      type: 'group',
      groupId: `company-${user % 200}`,
      traits: { name: `Company ${user % 200}` },
    } as Message
  if (index % 5 === 4) return { ...common, type: 'page', properties: {} } as Message
  return {
    ...common,
    type: 'track',
    event: pick(eventNames, index),
    properties: { sku: `sku-${index % 50}`, total: 12 },
  } as Message
}

/** Fills a data file by the same rules that a request goes through, only with many in one transaction. */
export function fill(file: string, amount: Amount): void {
  const store = openStore(file)
  const headers = {
    'content-type': 'application/json',
    'user-agent': context.userAgent,
    origin: 'https://shop.example',
  }
  // A message a minute, up to now: filters by days find some of them.
  const start = Date.now() - (amount.events * 1.3 + amount.users * 2) * 60_000
  let index = 0
  let events = 0
  let logged = 0
  const one = (): void => {
    const message = messageOf(index, amount, start)
    const receivedAt = message.timestamp as string
    const changes = apply(store, message, { app, receivedAt, ip: '127.0.0.1' })
    if (message.type === 'track') events++
    // Every other message is in the log: a long-used sandbox has more events than it shows messages.
    if (index++ % 2 === 0 && logged < amount.messages) {
      logged++
      store.messages.log(app, {
        receivedAt,
        status: 200,
        repeated: false,
        headers,
        body: message,
        changes,
        answer: null,
      })
    }
  }
  while (events < amount.events || logged < amount.messages) {
    store.transaction(() => {
      for (let i = 0; i < 1000; i++) one()
    })
  }
  store.close()
}
