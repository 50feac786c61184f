import type { TrackMessage } from '../../protocol/message.ts'
import { type ProductEvent, productEvents } from '../fields/product-events.ts'
import type { Failure, RestAnswer } from '../rest/answer.ts'
import { type Attempt, sendFields } from './attempt.ts'
import { unixSeconds } from './event.ts'

/** Records what an ecommerce event says of each of its products. A product that User.com refuses is left out. */
export async function recordProductEvents(
  attempt: Attempt,
  message: TrackMessage,
): Promise<Failure | undefined> {
  if (!attempt.account.products) return undefined
  for (const product of productEvents(message)) {
    const answer = await attempt.once(() => post(attempt, product, unixSeconds(message.timestamp)))
    if (answer.kind === 'refused' || answer.kind === 'missing')
      attempt.omit('products', 'a product refused by User.com')
    else if (answer.kind !== 'ok') return answer
  }
  return undefined
}

/** The product is created where there is none yet. */
async function post(
  attempt: Attempt,
  { productId, name, eventType, data }: ProductEvent,
  timestamp: number,
): Promise<RestAnswer> {
  const path = `products-by-id/${encodeURIComponent(productId)}/product_event/`
  const event = { user_custom_id: attempt.person.customId, event_type: eventType, timestamp, data }
  const send = (): Promise<RestAnswer> =>
    sendFields(attempt, 'POST', path, event, ['user_custom_id', 'event_type'])
  const first = await send()
  if (first.kind !== 'missing') return first
  const created = await attempt.call('POST', 'products/', { custom_id: productId, name })
  // Refused: another message has just created it, perhaps.
  return created.kind === 'ok' || created.kind === 'refused' ? send() : created
}
