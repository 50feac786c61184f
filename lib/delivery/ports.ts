import type { Message } from '../../protocol/message.ts'

/** Texts by key, written at once: what survives the page, though not the browser. Nothing here throws. */
export interface Journal {
  /** `false` where there is no room, or no storage. */
  write(key: string, text: string): boolean
  read(key: string): string | undefined
  erase(key: string): void
  keys(): string[]
  /** Tells the key of what another tab writes, until `signal` aborts. */
  watch(signal: AbortSignal, tell: (key: string) => void): void
}

/**
 * Texts by key, written soon: what survives the browser. Every method rejects where the database fails, and never
 * settles where it does not open.
 */
export interface Database {
  put(texts: ReadonlyMap<string, string>): Promise<void>
  delete(keys: ReadonlySet<string>): Promise<void>
  has(key: string): Promise<boolean>
  keys(): Promise<string[]>
  /** What is stored under keys that begin with `prefix`, in the order of the keys. */
  read(prefix: string): Promise<[key: string, text: string][]>
  /**
   * Deletes what is too much under `prefix`, oldest first and identity last, and resolves with it.
   *
   * @param spare whether a key has to stay
   */
  trim(prefix: string, max: number, spare: (key: string) => boolean): Promise<[key: string, text: string][]>
}

/**
 * Takes hold of a name among all tabs of the site, until the life ends in which it was taken.
 * Resolves to whether it is held now. Never rejects.
 *
 * @param wait whether to wait until the one that holds it lets go
 */
export type Hold = (name: string, wait: boolean) => Promise<boolean>

/**
 * The holds of one life.
 *
 * @param own the life's own name, which nobody else holds
 * @param signal aborts when the life ends
 */
export type Holds = (own: string, signal: AbortSignal) => Hold

/** Completes a stored message for sending: with what is known of the browser now, or as soon as it is known. */
export interface Complete {
  now(message: Message): Message
  /** Never rejects. */
  soon(message: Message): Promise<Message>
}

/** What one request told of a message. */
export type Answer =
  | { kind: 'delivered' }
  /** The message itself is refused: it would be refused again. */
  | Refusal<'refused'>
  /** The set-up is wrong, not the message: every message would meet the same. */
  | Refusal<'misconfigured'>
  /** Nothing: no connection, no answer in time, or a server in trouble. */
  | {
      kind: 'unanswered'
      /** HTTP status, where there was any answer. */
      status?: number
      /** How long the server asks to be left alone, in milliseconds. */
      retryAfterMs?: number
    }

export interface Refusal<Kind> {
  kind: Kind
  /** HTTP status; 0 where the endpoint redirects. */
  status: number
  /** What the endpoint says in its own words. */
  serverMessage?: string
}

/**
 * Makes one request, which goes out before this returns. Never rejects.
 *
 * @param leaving whether the page ends: then only a request that outlives it is of use, and where the browser has no
 * room for one more of those, none is made and the answer is `undefined`
 */
export type Send = (message: Message, leaving: boolean) => Promise<Answer> | undefined

/** Until when the server asked to be left alone, remembered for all pages of the site. Never throws. */
export interface ServerWait {
  /** Milliseconds still to wait; 0 for none. */
  left(): number
  set(ms: number): void
}

export interface Time {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 to 1. */
  random(): number
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Connection {
  /** Whether the browser is sure to have none. */
  isOffline(): boolean
  /** Resolves as soon as there is one, or at once when `signal` aborts. Never rejects. */
  online(signal: AbortSignal): Promise<unknown>
}
