import type { TrackMessage } from '../../protocol/message.ts'
import { productEvents } from '../fields/product-events.ts'
import type { Failure } from '../rest/answer.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'
import { recordEvent, unixSeconds } from './event.ts'
import { recordProductEvent } from './product-event.ts'
import { personOf } from './user.ts'

/** Records an event, and what it means for products. */
export async function track(
  account: Account,
  attempt: Attempt,
  message: TrackMessage,
): Promise<Failure | undefined> {
  const person = personOf(message)
  const timestamp = unixSeconds(message.timestamp)
  const event = { name: message.event, timestamp, data: message.properties ?? {} }
  const failure = await recordEvent(attempt, person, event)
  if (failure || !account.products) return failure
  for (const product of productEvents(message)) {
    const failed = await recordProductEvent(attempt, person, product, timestamp)
    if (failed) return failed
  }
  return undefined
}
