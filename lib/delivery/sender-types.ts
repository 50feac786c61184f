import type { Drop } from './drop.ts'
import type { Entry } from './entry.ts'
import type { Connection, RetryAfterStore, Send, Time } from './ports.ts'

/** Sends what waits: in order, one request at a time, as the gate allows. */
export interface Sender {
  /** Sends what may go now, and comes back by itself for the rest. */
  pump(): void
  /** Lets what pauses go at once, except where the server asked to be left alone. */
  tryNow(): void
  /** While held, no request begins, except as the page ends. */
  hold(isHeld: boolean): void
  /** Sends one entry as the page ends. `false` where nothing more can be sent. */
  sendAtExit(entry: Entry): boolean
  /** Whether requests make sense as the page ends. */
  isWorthExit(): boolean
  /** Whether the endpoint last showed that the set-up is wrong. */
  isMisconfigured(): boolean
  /** Whether the endpoint's last answer to this page was 2xx. */
  wasLastDelivered(): boolean
  /** Stops: no request begins any more. Pauses between repeats end, and their entries wait again. */
  stop(): void
  start(): void
  /** Ends the attempts for entries, whatever they are doing. */
  cancel(entry: Entry): void
  /** The attempt for an entry goes on, and nobody hears of its outcome. */
  letGo(entry: Entry): void
  inFlight(): number
  retried(): number
}

export interface SenderPorts {
  send: Send
  retryAfter: RetryAfterStore
  connection: Connection
  time: Time
}

/** What the sender asks of the delivery around it. */
export interface SenderHost {
  entries(): Iterable<Entry>
  size(): number
  /** Why an entry must not be sent at all. */
  dropReasonOf(entry: Entry): Drop | undefined
  drop(entry: Entry, drop: Drop): void
  deliver(entry: Entry): void
  /** The entry as it is sent. */
  prepare(entry: Entry): void
  /** A request has failed. */
  onTrouble(): void
  /** An entry waits again after a failure. */
  onFailure(): void
  /** The attempt to deliver everything has ended without success. */
  onStuck(): void
}
