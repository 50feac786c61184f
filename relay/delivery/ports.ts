import type { Message } from '../../protocol/message.ts'

/**
 * What was seen, and what is being done. Several instances that share one apply a message once.
 * A method that rejects makes the page wait: nothing is lost, and nothing is done twice.
 */
export interface Store {
  get(key: string): Promise<string | null | undefined>
  set(key: string, text: string, ttlSeconds: number): Promise<void>
  /** `true` for one at a time, until it is released or `ttlSeconds` are over. */
  claim(key: string, ttlSeconds: number): Promise<boolean>
  release(key: string): Promise<void>
}

/** Keeps messages that cannot be delivered now, in their order for each user, and delivers them later. */
export interface Spool {
  /** Keeps the message behind those that wait for `user`. When it resolves, the message survives the process. */
  add(user: string, message: Message): Promise<void>
  /** Which of these users has messages waiting. */
  isWaiting(users: readonly string[]): Promise<string | undefined>
  /** Begins to deliver what waits for the account; `name` is that of the account. */
  start(name: string, deliver: DeliverSpooled): void
  close(): Promise<void>
}

/** What became of a message that waited: it is settled, or is to be tried again, not before `afterMs`. */
export type DeliverSpooled = (
  message: Message,
  isExpired: boolean,
) => Promise<{ settled: boolean; afterMs?: number | undefined }>
