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
  /** Keeps a message of the user with these ids, behind those that wait. When it resolves, it survives the process. */
  add(ids: readonly string[], message: Message): Promise<void>
  /** Whether messages of the user with these ids wait. */
  isWaiting(ids: readonly string[]): Promise<boolean>
  /** Begins to deliver what waits for the account; `name` is that of the account. */
  start(name: string, deliver: DeliverSpooled): void
  close(): Promise<void>
}

/** What became of a message that waited: it is settled, or is to be tried again, not before `afterMs`. */
export type DeliverSpooled = (
  message: Message,
  isExpired: boolean,
) => Promise<{ settled: boolean; afterMs?: number | undefined }>
