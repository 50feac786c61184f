// What the delivery needs of its surroundings. lib/browser/ has the real ones, test/support/ the scripted ones.
import type { Message } from '../../protocol/message.ts'
import type { HandedOver } from './outbox-types.ts'
import type { Outcome } from './outcome.ts'
import type { TabMessage } from './tab-message.ts'

/** Texts by key, written at once: they survive the page, though not always the browser. Nothing here throws. */
export interface Journal {
  /** `false` where there is no room, or no storage. */
  write(key: string, text: string): boolean
  read(key: string): string | undefined
  erase(key: string): void
  /** The keys that begin with this. */
  keys(prefix: string): string[]
  /** Whether the lines take more than they may at rest. */
  isOverfull(): boolean
  /** Reports the key of each line that another tab writes, until `signal` aborts. */
  watch(signal: AbortSignal, onWrite: (key: string) => void): void
}

/**
 * Texts by key, written soon: they survive the browser. Every method rejects where the database fails, and never settles
 * where it does not open.
 */
export interface Database {
  /**
   * Puts and deletes in one transaction.
   *
   * @param puts is iterated when the transaction begins, which is later than the call where the database has to be opened
   */
  write(puts: Iterable<[key: string, text: string]>, deletes: ReadonlySet<string>): Promise<void>
  /** The keys of all queues. */
  keys(): Promise<string[]>
  /**
   * Up to `limit` texts whose keys begin with `prefix`, in the order of the keys.
   *
   * @param after the last key that was read before
   */
  read(prefix: string, after: string, limit: number): Promise<[key: string, text: string][]>
  /**
   * Deletes what is too much under `prefix`, oldest first and identity last, and resolves with it. Empty texts stay: see
   * `surplus`.
   *
   * @param isSpared whether a key has to stay
   */
  trim(
    prefix: string,
    max: number,
    isSpared: (key: string) => boolean,
  ): Promise<[key: string, text: string][]>
}

/** Locks that all tabs of the site share. The browser frees them when a tab dies. Nothing here throws or rejects. */
export interface TabLocks {
  /** Acquires a lock whose name is new, so that nobody else can hold it. */
  acquireNew(name: string): Promise<Release | undefined>
  /** Acquires a lock that nobody holds, and resolves to its release; to `undefined` where somebody holds it. */
  acquire(name: string): Promise<Release | undefined>
  /** Resolves when the locks that other tabs have asked for by now should be granted. */
  whenGranted(): Promise<void>
  /** As `acquire`, but waits up to `timeoutMs` until the lock is free. */
  acquireWithin(name: string, timeoutMs: number): Promise<Release | undefined>
}
export type Release = () => void

/** The messages between tabs of one queue. Nothing here throws. */
export interface TabChannel {
  post(message: TabMessage): void
  close(): void
}
export type OpenChannel = (onMessage: (message: TabMessage) => void) => TabChannel

/** The document that a page session belongs to. */
export interface PageIdentity {
  /** Tells documents apart, also for two copies of this code in one document. */
  document: number
  /** Frames end with the page around them, so no page counts on a frame, nor a frame on any page. */
  isTopLevel: boolean
}

/** What the device offers to keep messages, and to share them between tabs. */
export interface DeviceStorage {
  journal: Journal
  database: Database
  locks: TabLocks
  openChannel: OpenChannel
  page: PageIdentity
}

/** Adds to a message what is known of browser and device. */
export interface Enrich {
  /** With what is known by now. */
  withKnown(message: Message): Message
  /** Resolves when all is known that will be. Never rejects. */
  whenReady(): Promise<unknown>
}

export interface AttemptOptions {
  /** The page ends: only a request that outlives it is of use, and nobody reads the answer. */
  isExit: boolean
  /** The limit of one request, in milliseconds. */
  timeoutMs: number
  /** How many times the attempt repeats a request that failed, after short pauses. */
  retries: number
  /** Its abort ends the attempt. */
  signal?: AbortSignal
  /**
   * Runs when a pause before a repeat begins, and when the repeat is sent.
   *
   * @param isAnswered whether somebody has answered the request that failed
   */
  onPause?(isAnswered: boolean): void
  onRetry?(): void
}

/**
 * Makes one attempt to deliver a message. Its request goes out within this task. Never rejects. Returns `undefined`
 * where the page ends and the browser has no room for one more request that outlives it.
 */
export type Send = (message: Message, options: AttemptOptions) => Promise<Outcome> | undefined

/** Until when the server asked to be left alone, remembered for all pages of the site. Never throws. */
export interface RetryAfterStore {
  /** Milliseconds that are left; 0 for none. */
  remainingMs(): number
  set(ms: number): void
}

export interface Time {
  /** Milliseconds since 1970, by the clock that the visitor may set. */
  now(): number
  /** Milliseconds since some moment, by a clock that nobody can set. */
  monotonic(): number
  /** From 0 to 1. */
  random(): number
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Connection {
  /** Whether the browser is sure to have none. */
  isOffline(): boolean
  /** Resolves as soon as there is one, or at once when `signal` aborts. Never rejects. */
  whenOnline(signal: AbortSignal): Promise<unknown>
}

/** A worker that outlives the page. */
export interface ExitWorker {
  /** Prepares the worker, in an idle moment, because something waits. */
  prepare(): void
  isReady(): boolean
  /** Leaves what waits to the worker. */
  handOver(handedOver: HandedOver): void
}
