import type { DeliveryLog } from '../../lib/delivery/delivery-log.ts'
import { idOf } from './message.ts'

/** Tells what only helps to debug, a line each. */
export const createLog = (tell: (line: string) => void): DeliveryLog => ({
  onQueued: (message) => tell(`queued ${idOf(message)}`),
  onClaimed: (messages) => tell(`claimed ${messages.map(idOf)}`),
  onHeldElsewhere: (count) => tell(`${count} held elsewhere`),
  onWait: ({ reason, ms }) => tell(`waits: ${reason}, ${ms}`),
  onPageEnd: (plan) => tell(`page end: ${plan}`),
  onDatabaseFailed: (doing, error) => tell(`${doing} failed: ${error}`),
})
