import type { Message } from '../../protocol/message.ts'
import type { ExitPlan } from './exit-plan.ts'

/** Why nothing that is queued goes now, and for how long. */
export interface Wait {
  reason: 'offline' | 'retry after' | 'backoff' | 'misconfigured' | 'set aside' | 'navigation'
  /** Until the next try, in milliseconds; infinite where no time is set. */
  ms: number
}

/** Hears what only helps to debug. Absent unless somebody debugs, so that nothing is made for it. Nothing here may throw. */
export interface DeliveryLog {
  onQueued(message: Message): void
  /** What ended pages and closed tabs have left is queued here now. */
  onClaimed(messages: Message[]): void
  /** Another tab of the site has this many messages in the storages, and sends them itself. */
  onHeldElsewhere(count: number): void
  /** Nothing that is queued goes now. Called again and again while that lasts. */
  onWait(wait: Wait): void
  onPageEnd(plan: ExitPlan): void
  onDatabaseFailed(doing: 'reading' | 'writing', error: unknown): void
}
