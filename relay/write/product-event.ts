import type { ProductEvent } from '../fields/product-events.ts'
import { type Failure, present, type RestAnswer } from '../rest/answer.ts'
import { type Attempt, sendFields } from './attempt.ts'
import type { Person } from './user.ts'

/** Records what happened to a product, which is created where there is none yet. A product that User.com refuses is left out. */
export async function recordProductEvent(
  attempt: Attempt,
  { customId }: Person,
  { productId, name, eventType, data }: ProductEvent,
  timestamp: number,
): Promise<Failure | undefined> {
  const path = `products-by-id/${encodeURIComponent(productId)}/product_event/`
  const event = { user_custom_id: customId, event_type: eventType, timestamp, data }
  const post = (): Promise<RestAnswer> =>
    sendFields(attempt, 'POST', path, event, ['user_custom_id', 'event_type'])
  const answer = await attempt.once(async () => {
    const first = await post()
    if (first.kind !== 'missing') return first
    const created = await attempt.call('POST', 'products/', { custom_id: productId, name })
    // Refused: another message has just created it, perhaps.
    return created.kind === 'ok' || created.kind === 'refused' ? post() : created
  })
  if (answer.kind === 'ok') return undefined
  if (answer.kind === 'refused' || answer.kind === 'missing') {
    attempt.omit('products', 'a product refused by User.com')
    return undefined
  }
  return present(answer, path) as Failure
}
