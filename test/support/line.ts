import type { Answer, Connection, Send } from '../../lib/delivery/ports.ts'
import { idOf } from './message.ts'

export const delivered: Answer = { kind: 'delivered' }
export const unanswered: Answer = { kind: 'unanswered' }
export const status = (status: number, retryAfterMs?: number): Answer => ({
  kind: 'unanswered',
  status,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})
export const refused: Answer = { kind: 'refused', status: 400 }
export const misconfigured: Answer = { kind: 'misconfigured', status: 403 }
export const never: Promise<Answer> = new Promise(() => {})

/** What one request meets. `no room`: none is made, as the browser has no room for one that outlives the page. */
export type Said = Answer | Promise<Answer> | 'no room'

export interface Line {
  send: Send
  /** Answers from now on, in place of what is left of those before. */
  say(...script: Said[]): void
}

/** A line to the endpoint that answers as the script says, and then takes everything. */
export function createLine(script: Said[], told: string[]): Line {
  let left = script
  return {
    send(message, leaving) {
      const said = left.shift() ?? delivered
      if (said === 'no room') return undefined
      told.push(`${leaving ? 'leaving with' : 'sent'} ${idOf(message)}`)
      return Promise.resolve(said)
    },
    say(...script) {
      left = script
    },
  }
}

/** An answer that comes when the test says so. */
export function later(): { answer: Promise<Answer>; say(answer: Answer): void } {
  let say = (_: Answer): void => {}
  const answer = new Promise<Answer>((resolve) => {
    say = resolve
  })
  return { answer, say: (given) => say(given) }
}

/** A connection that goes and comes back as the test says. */
export function createConnection(isOffline = false): Connection & { set(isOffline: boolean): void } {
  const changed = new EventTarget()
  return {
    isOffline: () => isOffline,
    online: (signal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted || !isOffline) return resolve()
        changed.addEventListener('online', () => resolve())
        signal.addEventListener('abort', () => resolve())
      }),
    set(value) {
      isOffline = value
      if (!value) changed.dispatchEvent(new Event('online'))
    },
  }
}
