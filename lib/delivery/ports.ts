import type { Message } from '../message.ts'

/** A message that waits, as its outbox knows it. */
export interface Entry {
  readonly message: Message
}

/** Where messages wait until they are settled. */
export interface Outbox {
  /** Keeps a message. When this returns, it is as safe as this outbox can make it. */
  add(message: Message): void
  /** The message that has waited longest. */
  first(): Entry | undefined
  /** Forgets a message that is settled. */
  remove(entry: Entry): void
  /** How many wait. */
  size(): number
}

/** Completes a stored message for sending. Never rejects. */
export type Prepare = (message: Message) => Promise<Message>

/** What became of a message at the endpoint. */
export type Answer =
  | { kind: 'delivered' }
  /** The message itself is refused: it would be refused again. */
  | Refusal<'refused'>
  /** The set-up is wrong, not the message: every message would meet the same. */
  | Refusal<'misconfigured'>
  /** No answer, and no use in trying before the browser is online or the wait was ended. */
  | { kind: 'interrupted' }

export interface Refusal<Kind> {
  kind: Kind
  /** HTTP status; 0 where the endpoint redirects or the request could not be made. */
  status: number
  /** What the endpoint says in its own words. */
  serverMessage?: string
}

/** What the delivery hears while one message is being sent. */
export interface Progress {
  /** Ends a wait between two attempts. Not raised during an attempt. */
  signal: AbortSignal
  /** An attempt goes out. */
  attempting(): void
  /** It failed and will be made again after `waitMs` milliseconds. */
  retrying(waitMs: number): void
}

/** Sends a message and tries again until the endpoint has said what becomes of it. Never rejects. */
export type Send = (message: Message, progress: Progress) => Promise<Answer>

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/** Resolves as soon as the browser is online, or at once when `signal` aborts. Never rejects. */
export type Online = (signal: AbortSignal) => Promise<void>
