import type { DeliveryListener } from '../../lib/delivery/drop.ts'
import { createLog } from '../support/log.ts'
import type { Records } from './page.ts'
import type { Owner, World } from './world.ts'

/** Puts what becomes of a message into the records. */
export function record({ told }: Records, world: World, by: Owner, id: string, what: string): void {
  told.set(id, [...(told.get(id) ?? []), { by, at: world.monotonic(), what }])
}

/** Hears what becomes of the messages of a page or a worker: for the records, and for the story. */
export function createListener(records: Records, world: World, owner: Owner, name: string): DeliveryListener {
  const tell = (line: string): void => world.tell(`${name}: ${line}`)
  const settle = (id: string, what: string): void => {
    record(records, world, owner, id, what)
    tell(`${id} ${what}`)
  }
  return {
    onDelivered: ({ messageId }) => settle(messageId, 'delivered'),
    onDropped: ({ messageId }, { reason }) => settle(messageId, `dropped ${reason}`),
    onRetry: ({ messageId }, { cause }, waitMs) =>
      tell(`${messageId} failed (${cause}), next try in ${Math.round(waitMs)} ms`),
    onSetAside: ({ messageId }, waitMs) => tell(`${messageId} set aside for ${waitMs} ms`),
    onMisconfigured: () => tell('the set-up is wrong'),
    onRequestEnd() {},
    log: createLog(tell),
    onBug: (error) => void records.bugs.push(error),
  }
}
