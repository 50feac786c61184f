import type { Message } from '../../protocol/message.ts'
import type { Drop, DropReason, Stats } from './drop.ts'
import type { Entry } from './entry.ts'
import type { OutboxLimits } from './outbox-types.ts'
import type { DeviceStorage, Enrich, ExitWorker } from './ports.ts'
import type { SenderPorts } from './sender-types.ts'

export interface Delivery {
  /** Begins to keep and send messages. Before that, it touches nothing. */
  begin(): void
  /**
   * Keeps a message whose call is still on its way through the page: it goes when it is enqueued, or when the page ends
   * first. `undefined` where it must not be sent.
   */
  capture(message: Message): Entry | undefined
  /** Takes a message over: from now on it ends delivered, or dropped with a reason. Returns at once. */
  enqueue(message: Message, captured?: Entry): void
  /** Forgets a captured message: its call was not meant for this destination. */
  discard(captured: Entry): void
  /** Counts and reports a message that is not to be sent. */
  drop(message: Message, drop: Drop): void
  /** Tries at once. `true` when all that was captured or enqueued before is settled, `false` when that try failed. */
  flush(): Promise<boolean>
  /** Drops all that waits, on this device and in all tabs. */
  clear(): Promise<void>
  /**
   * The page has begun to go to another document, or stays after all. Meanwhile no request begins whose answer nobody would
   * be left to read: the next page of the site, or the worker, sends the message with an answer.
   */
  onNavigation(target: 'site' | 'elsewhere' | undefined): void
  /** The page ends: what can still go must go within this task. */
  onPageHide(isNextPageOfSite: boolean): void
  /** The page was left, and has come back as it was. */
  onPageRestore(): void
  /** Ends the session of a worker, because a page has begun. Resolves when it has ended. Never rejects. */
  makeWay(): Promise<void>
  stats(): Stats
}

export interface DeliveryPorts extends SenderPorts {
  /** `undefined` keeps nothing on the device. */
  storage: DeviceStorage | undefined
  enrich: Enrich
  worker: ExitWorker | undefined
}

export interface DeliverySettings extends OutboxLimits {
  timeoutMs: number
  /** Whether a 2xx to the message before counts for what a page sends as it ends. */
  atExit: 'resend' | 'trust'
  /** Why a message must not be sent, as the visitor has it now. */
  blockedBy(message: Message): DropReason | undefined
  /**
   * The site's own change of an enriched message, once, before it is stored; `undefined` drops it. Where this is absent,
   * messages are stored as they come, and enriched as they leave.
   */
  transform?: ((message: Message) => Message | undefined) | undefined
}
