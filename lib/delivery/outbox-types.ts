import type { Message } from '../../protocol/message.ts'
import type { DeliveryLog } from './delivery-log.ts'
import type { Entry } from './entry.ts'

/** Where messages wait until they are settled. */
export interface Outbox {
  /**
   * Begins a page session: what is stored from now on is its own, and it claims what ended sessions left, this page's
   * earlier one included. Resolves when all that could be had at once is here. Never rejects.
   */
  begin(): Promise<void>
  /** Makes an entry of a message. */
  capture(message: Message): Entry
  /** Makes an entry as safe as it can be made within a call. */
  persist(entry: Entry): void
  /** Puts an entry at the end of those that wait, and has it stored. */
  enqueue(entry: Entry): void
  /** Those whose calls are still on their way through the page. */
  captured(): Iterable<Entry>
  /** Those that wait or are in flight, in order. */
  entries(): Iterable<Entry>
  size(): number
  /** Removes an entry, here and wherever it is stored. */
  remove(entry: Entry): void
  /** The one to drop when too many wait. */
  expendable(): Entry | undefined
  /** A request has failed. */
  onTrouble(): void
  /** An entry is no longer in flight, but waits: there may be too many now. */
  onFailure(): void
  /** Remembers that the page sent this entry as it ended. */
  markExit(entry: Entry): void
  /** Whether another tab has just proved that it runs, and would take over what this page leaves. */
  hasRunningPeer(): boolean
  /** Lets go of entries, and returns what a worker needs to take them over. */
  handOver(entries: readonly Entry[]): HandedOver
  /** Tells a page that has begun that this session ends as soon as its request is over. */
  announceYield(): void
  /** Whether something is still written, deleted or claimed. */
  isBusy(): boolean
  /** Ends the session within this task. What it leaves is for a successor, which is about to claim it, or for all others. */
  end(hasSuccessor: boolean): void
  /** Leaves to the other tabs what was stored after the session had ended, as in later listeners of `pagehide`. */
  leaveLate(): void
  /** Deletes all that is stored of this queue, and tells the other tabs. Never rejects. */
  clear(): Promise<void>
}

/** What a page leaves to a worker. */
export interface HandedOver {
  /** What the database may not have yet. */
  texts: HandedOverText[]
  /** The leases that the page is about to release. */
  leases: string[]
}

export interface HandedOverText {
  key: string
  /** An empty text says that the message is settled. */
  text: string
  /** Whether the journal has the message as well, so that another page may find it there. */
  isJournaled: boolean
}

export interface OutboxListener {
  /** How many entries are in flight. */
  inFlight(): number
  /** What ended sessions left is here now. */
  onClaimed(entries: Entry[]): void
  /** Too many waited over all tabs: these were deleted. */
  onEvicted(entries: Entry[]): void
  /** Another tab has dropped these entries, and reported them. */
  onDroppedElsewhere(entries: Entry[]): void
  /** Another tab has called `clear()`. */
  onCleared(): void
  /** The server asked a worker to leave it alone. */
  onRetryAfter(ms: number): void
  readonly log?: DeliveryLog | undefined
}

export interface OutboxLimits {
  queue: string
  maxMessages: number
  maxAgeMs: number
}
