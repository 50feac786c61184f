import type { Random } from './random.ts'

/** Something that runs code: while it is frozen its events wait, and once it is dead they never happen. */
export interface Owner {
  state: 'running' | 'frozen' | 'dead'
  deferred: (() => void)[]
  /** Whether it outlives pages: then it has no `localStorage`, in which pages remember what the database does not take. */
  isWorker: boolean
  /** Whether it is a page that was left, and may have come back. */
  hasLeft?: boolean
  /** When it was frozen. */
  frozenAt: number[]
  /** When it died before it could put its affairs in order. */
  diedAt?: number
}

/** Time, and all that is to happen in it. */
export interface World {
  random: Random
  /** Milliseconds that have passed: nobody can set this clock. */
  monotonic(): number
  /** Milliseconds since 1970, by the clock that the visitor may set. */
  now(): number
  setClock(byMs: number): void
  /** Lets something happen later. Without an owner it happens whatever becomes of the tabs. */
  after(ms: number, run: () => void, owner?: Owner): void
  /** Runs all events of the next `ms` milliseconds, one after the other. */
  pass(ms: number): Promise<void>
  /** Thaws: what waited happens now. */
  thaw(owner: Owner): void
  story: string[]
  tell(line: string): void
}

interface Event {
  at: number
  sequence: number
  run(): void
  owner: Owner | undefined
}

/** Resolves when all promises that can settle without time have settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function createWorld(random: Random): World {
  const events: Event[] = []
  const story: string[] = []
  let monotonic = 0
  let offset = Date.UTC(2026, 0, 1)
  let sequence = 0

  const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)

  /** A binary heap: the earliest event is the first. */
  function push(event: Event): void {
    events.push(event)
    for (let at = events.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!isBefore(event, events[parent] as Event)) break
      events[at] = events[parent] as Event
      events[parent] = event
      at = parent
    }
  }

  function shift(): Event | undefined {
    const first = events[0]
    const last = events.pop()
    if (!first || !last || first === last) return first
    events[0] = last
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < events.length && isBefore(events[child] as Event, events[least] as Event)) least = child
      }
      if (least === at) return first
      ;[events[at], events[least]] = [events[least] as Event, events[at] as Event]
      at = least
    }
  }

  return {
    random,
    story,
    monotonic: () => monotonic,
    now: () => offset + monotonic,
    setClock(byMs) {
      offset += byMs
    },
    after: (ms, run, owner) => push({ at: monotonic + Math.max(ms, 0), sequence: sequence++, run, owner }),
    async pass(ms) {
      const end = monotonic + ms
      await settled()
      for (;;) {
        const next = events[0]
        if (!next || next.at > end) break
        shift()
        monotonic = Math.max(monotonic, next.at)
        if (next.owner?.state === 'dead') continue
        if (next.owner?.state === 'frozen') next.owner.deferred.push(next.run)
        else {
          next.run()
          await settled()
        }
      }
      monotonic = end
    },
    thaw(owner) {
      owner.state = 'running'
      for (const run of owner.deferred.splice(0)) push({ at: monotonic, sequence: sequence++, run, owner })
    },
    tell: (line) => void story.push(`${(monotonic / 1000).toFixed(3).padStart(10)} s  ${line}`),
  }
}
