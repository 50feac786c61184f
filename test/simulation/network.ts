import type { Outcome } from '../../lib/delivery/outcome.ts'
import { outcomeOfStatus } from '../../lib/delivery/outcome.ts'
import type { Connection, Send } from '../../lib/delivery/ports.ts'
import type { Message } from '../../protocol/message.ts'
import type { Owner, World } from './world.ts'

/** How the endpoint behaves to every message. */
export type NetworkMode =
  | 'takes'
  | 'unreachable'
  | 'answers 500'
  | 'asks to wait'
  | 'hangs'
  | 'loses answers'
  | 'wrong key'
  | 'foreign answers'

/** A message that reached the endpoint. */
export interface Arrival {
  id: string
  tab: Owner
  sentAt: number
  /** Whether its page sent it as it ended: nobody hears the answer. */
  isExit: boolean
  /** When the page heard the answer. */
  heardAt?: number
}

/** The network between the tabs and the endpoint. */
export interface Network {
  mode: NetworkMode
  isOffline: boolean
  /** What becomes of a message whatever the mode is. */
  fate: Map<string, 'poison 403' | 'poison 500' | 'poison reset' | 'refused'>
  arrivals: Arrival[]
  /** Requests made. */
  requests: { id: string; at: number; tab: Owner; hasFailed: boolean }[]
  /** Messages in flight as their page ended. */
  cutOffOnce: Set<string>
  connect(owner: Owner): { send: Send; connection: Connection }
  /** A page ends: its requests are cut off, and nobody hears the answers. */
  cutOff(owner: Owner): void
  setOffline(isOffline: boolean): void
}

/** So many messages fit into the keepalive budget of a page that ends. */
const exitBudget = 12

export function createNetwork(world: World): Network {
  const { random } = world
  const whenOnline = new Set<() => void>()
  const inFlight = new Set<{ owner: Owner; isCut: boolean; cut(): void }>()
  let exitsOf = new WeakMap<Owner, number>()

  const network: Network = {
    mode: 'takes',
    isOffline: false,
    fate: new Map(),
    arrivals: [],
    requests: [],
    cutOffOnce: new Set(),
    connect: (owner) => ({
      send: (message, options) => {
        if (options.isExit) {
          const used = exitsOf.get(owner) ?? 0
          if (used >= exitBudget) return undefined
          exitsOf.set(owner, used + 1)
        }
        return attempt(owner, message, options, options.retries)
      },
      connection: {
        isOffline: () => network.isOffline,
        whenOnline: (signal) =>
          new Promise<void>((resolve) => {
            const listener = (): void => world.after(0, () => resolve(), owner)
            if (!network.isOffline) return resolve()
            whenOnline.add(listener)
            signal.addEventListener('abort', () => {
              whenOnline.delete(listener)
              resolve()
            })
          }),
      },
    }),
    cutOff(owner) {
      for (const request of [...inFlight]) if (request.owner === owner) request.cut()
      exitsOf = new WeakMap()
    },
    setOffline(isOffline) {
      network.isOffline = isOffline
      if (!isOffline) for (const tell of [...whenOnline]) tell()
    },
  }

  async function attempt(
    owner: Owner,
    message: Message,
    options: Parameters<Send>[1],
    retries: number,
  ): Promise<Outcome> {
    const outcome = await request(owner, message, options)
    const isRepeatable =
      outcome.kind === 'retryable' &&
      (outcome.cause === 'network' || (outcome.cause === 'status' && outcome.retryAfterMs === undefined))
    if (!isRepeatable || retries === 0 || network.isOffline) return outcome
    options.onPause?.(outcome.cause === 'status')
    const isOver = await new Promise<boolean>((resolve) => {
      options.signal?.addEventListener('abort', () => resolve(true))
      world.after(random.between(1, 600), () => resolve(false), owner)
    })
    if (isOver || options.signal?.aborted) return { kind: 'retryable', cause: 'aborted' }
    options.onRetry?.()
    return attempt(owner, message, options, retries - 1)
  }

  function request(
    owner: Owner,
    message: Message,
    { isExit, timeoutMs, signal }: Parameters<Send>[1],
  ): Promise<Outcome> {
    const id = message.messageId
    const sentAt = world.monotonic()
    const record = { id, at: sentAt, tab: owner, hasFailed: false }
    network.requests.push(record)
    // Requests that a page sends as it ends go over one connection, in order.
    const way = isExit ? 30 : random.between(5, 60)
    return new Promise((resolve) => {
      const made = {
        owner,
        isCut: false,
        cut() {
          made.isCut = true
          network.cutOffOnce.add(id)
          inFlight.delete(made)
          // A page that comes back finds its request failed.
          world.after(0, () => fail({ kind: 'retryable', cause: 'network' }), owner)
        },
      }
      if (!isExit) inFlight.add(made)
      const fail = (outcome: Outcome): void => {
        record.hasFailed = true
        resolve(outcome)
      }
      const answer = (outcome: Outcome, arrival?: Arrival): void =>
        world.after(
          way,
          () => {
            if (made.isCut || isExit) return
            inFlight.delete(made)
            if (arrival) arrival.heardAt = world.monotonic()
            if (outcome.kind === 'delivered') resolve(outcome)
            else fail(outcome)
          },
          owner,
        )
      // Nobody answers a page that ends; one that comes back finds that its request has taken too long.
      if (isExit) world.after(timeoutMs, () => fail({ kind: 'retryable', cause: 'timeout' }), owner)
      signal?.addEventListener('abort', () => {
        made.cut()
        resolve({ kind: 'retryable', cause: 'aborted' })
      })
      world.after(way, () => {
        // A request that the page's end cuts off may have left already.
        if (made.isCut && random.chance(0.5)) {
          record.hasFailed = true
          return
        }
        reach({ id, tab: owner, sentAt, isExit, timeoutMs }, answer)
      })
    })
  }

  /** The request reaches the endpoint, or what is in its place. */
  function reach(
    { timeoutMs, ...made }: Omit<Arrival, 'heardAt'> & { timeoutMs: number },
    answer: (outcome: Outcome, arrival?: Arrival) => void,
  ): void {
    const arrive = (): Arrival => {
      const arrival: Arrival = { ...made }
      network.arrivals.push(arrival)
      return arrival
    }
    const failed: Outcome = { kind: 'retryable', cause: 'network' }
    if (network.isOffline || network.mode === 'unreachable') {
      answer(failed)
      return
    }
    const fate = network.fate.get(made.id)
    if (fate === 'poison 403') {
      answer(outcomeOfStatus(403))
      return
    }
    if (fate === 'poison 500') {
      answer(outcomeOfStatus(500))
      return
    }
    if (fate === 'poison reset') {
      answer(failed)
      return
    }
    if (network.mode === 'answers 500') {
      answer(outcomeOfStatus(500))
      return
    }
    if (network.mode === 'asks to wait') {
      answer(outcomeOfStatus(429, { retryAfterMs: random.between(1, 600) * 1000 }))
      return
    }
    if (network.mode === 'wrong key') {
      answer(outcomeOfStatus(401))
      return
    }
    if (network.mode === 'foreign answers') {
      answer({ kind: 'retryable', cause: 'foreign', status: 200 })
      return
    }
    if (network.mode === 'hangs') {
      world.after(timeoutMs, () => answer({ kind: 'retryable', cause: 'timeout' }))
      return
    }
    if (fate === 'refused') {
      answer(outcomeOfStatus(400))
      return
    }
    const arrival = arrive()
    if (network.mode === 'loses answers') answer(failed)
    else answer({ kind: 'delivered' }, arrival)
  }

  return network
}
