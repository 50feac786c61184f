import type { Outcome, Retryable } from '../../lib/delivery/outcome.ts'
import type { AttemptOptions, Connection, Send } from '../../lib/delivery/ports.ts'
import type { Message } from '../../protocol/message.ts'
import { idOf } from './message.ts'

const retryable = (cause: Retryable['cause']): Outcome => ({ kind: 'retryable', cause })

export const delivered: Outcome = { kind: 'delivered' }
export const networkError = retryable('network')
export const timeout = retryable('timeout')
export const refused: Outcome = { kind: 'refused', status: 400 }
export const misconfigured: Outcome = { kind: 'misconfigured', cause: 'status', status: 401 }
export const forbidden: Outcome = { kind: 'misconfigured', cause: 'status', status: 403 }
export const status = (status: number, retryAfterMs?: number): Outcome => ({
  kind: 'retryable',
  cause: 'status',
  status,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})
export const never: Promise<Outcome> = new Promise(() => {})

/** What an attempt meets. `no room`: none is made, as the browser has no room for one that outlives the page. */
export type Reply = Outcome | Promise<Outcome> | 'no room'
/** Replies in their order, or a rule for all. */
export type Script = Reply[] | ((message: Message, options: AttemptOptions) => Reply)

export interface Line {
  send: Send
  /** The ids of the messages that were sent, in order: while the page lived, and as it ended. */
  sent: string[]
  sentAtExit: string[]
  /** The options of each attempt. */
  attempts: AttemptOptions[]
  /** Answers from now on, in place of what is left of the script before. */
  script(script: Script): void
}

/** A line to the endpoint that answers as the script says, and then takes everything. */
export function createLine(initial: Script, told: string[]): Line {
  let script = initial
  const replyTo = (message: Message, options: AttemptOptions): Reply =>
    (typeof script === 'function' ? script(message, options) : script.shift()) ?? delivered

  const line: Line = {
    sent: [],
    sentAtExit: [],
    attempts: [],
    send(message, options) {
      const reply = replyTo(message, options)
      if (reply === 'no room') return undefined
      const id = idOf(message)
      line.attempts.push(options)
      const ids = options.isExit ? line.sentAtExit : line.sent
      ids.push(id)
      told.push(options.isExit ? `sent ${id} at exit` : `sent ${id}`)
      return Promise.resolve(reply)
    },
    script(given) {
      script = given
    },
  }
  return line
}

/** An answer that comes when the test says so. */
export function later(): { answer: Promise<Outcome>; say(answer: Outcome): void } {
  let say = (_: Outcome): void => {}
  const answer = new Promise<Outcome>((resolve) => {
    say = resolve
  })
  return { answer, say: (given) => say(given) }
}

/** A connection that goes and comes back as the test says. */
export function createConnection(isOffline = false): Connection & { set(isOffline: boolean): void } {
  const changed = new EventTarget()
  return {
    isOffline: () => isOffline,
    whenOnline: (signal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted || !isOffline) return resolve()
        changed.addEventListener('online', () => resolve(), { once: true, signal })
        signal.addEventListener('abort', () => resolve(), { once: true })
      }),
    set(value) {
      isOffline = value
      if (!value) changed.dispatchEvent(new Event('online'))
    },
  }
}
