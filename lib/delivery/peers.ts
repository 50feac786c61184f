import type { OpenChannel, PageIdentity, TabChannel, Time } from './ports.ts'
import type { TabMessage } from './tab-message.ts'

export interface PeersListener {
  onLeft(leases: string[]): void
  onYielding(leases: string[]): void
  /** A tab said that messages wait, and then nothing more: it may have crashed, with leases that nobody has heard of. */
  onSilent(): void
  onEvicted(keys: string[]): void
  onCleared(): void
  onRetryAfter(ms: number): void
}

/** The other tabs of the site. */
export interface Peers {
  /** Announces these leases while messages of them wait. */
  announce(leases: () => string[]): void
  /** Whether another tab has said that messages of this lease wait there, and has not fallen silent since. */
  isAnnounced(lease: string): boolean
  /** Whether another tab has just proved that it runs. */
  hasRunningPeer(): boolean
  tellYielding(leases: string[]): void
  tellEvicted(keys: string[]): void
  tellCleared(): void
  /** Ends the session, and leaves these leases to its successor, or to all others. */
  end(leases: string[], hasSuccessor: boolean): void
}

/** How often a tab announces that its messages wait, in milliseconds. Only while they do: an idle page says nothing. */
const announceMs = 3000

/** For how long an answer proves that the other tab runs, in milliseconds: it outlasts one announcement. */
const proofMs = 5000

/** After this silence a tab that had messages may be dead, in milliseconds. */
const silenceMs = 10_000

/** Leaves to the other tabs what a page has stored under a lease after its session had ended. */
export const leaveLate = (openChannel: OpenChannel, lease: string): void =>
  postOnce(openChannel, { type: 'left', by: lease, leases: [lease], hasSuccessor: false })

/** Tells all other tabs that a page without a session has cleared everything. */
export const tellCleared = (openChannel: OpenChannel): void =>
  postOnce(openChannel, { type: 'cleared', by: '' })

/** Says one thing for a page that has no session, and so no channel. */
function postOnce(openChannel: OpenChannel, message: TabMessage): void {
  const channel = openChannel(() => {})
  channel.post(message)
  channel.close()
}

export function createPeers(
  { openChannel, time, page }: { openChannel: OpenChannel; time: Time; page: PageIdentity },
  by: string,
  listener: PeersListener,
): Peers {
  const ended = new AbortController()
  /** The timers that watch whether announcing tabs fall silent. */
  const watched = new Map<string, { watching: AbortController; leases: string[] }>()
  let provenAt = Number.NEGATIVE_INFINITY
  /** The leases that this tab has announced last; `undefined` while nothing waits. */
  let announced: ReadonlySet<string> | undefined

  const forget = (session: string): void => {
    watched.get(session)?.watching.abort()
    watched.delete(session)
  }

  const watch = (session: string, leases: string[]): void => {
    forget(session)
    const watching = new AbortController()
    watched.set(session, { watching, leases })
    void time.pause(silenceMs, watching.signal).then(() => {
      if (watching.signal.aborted) return
      watched.delete(session)
      listener.onSilent()
    })
  }

  const channel: TabChannel = openChannel((message) => {
    if (message.by === by || ended.signal.aborted) return
    switch (message.type) {
      case 'begun':
        // It finds what this tab has stored. A worker makes way instead: see exit-worker/worker-channel.ts.
        if (announced) sayWaiting([...announced])
        return
      case 'yielding':
        return listener.onYielding(message.leases)
      case 'waiting':
        watch(message.by, message.leases)
        if (page.isTopLevel) channel.post({ type: 'running', by, to: message.by, document: page.document })
        return
      case 'running':
        if (message.to === by && message.document !== page.document) provenAt = time.monotonic()
        return
      case 'idle':
        forget(message.by)
        return
      case 'left':
        forget(message.by)
        // Claimed here, they could be overtaken by what the successor sends.
        if (message.hasSuccessor) watch(message.by, [])
        else listener.onLeft(message.leases)
        return
      case 'retry after':
        return listener.onRetryAfter(message.ms)
      case 'evicted':
        return listener.onEvicted(message.keys)
      case 'cleared':
        return listener.onCleared()
    }
  })
  channel.post({ type: 'begun', by })

  function sayWaiting(leases: string[]): void {
    announced = new Set(leases)
    channel.post({ type: 'waiting', by, leases })
  }

  async function repeat(leases: () => string[]): Promise<void> {
    for (let held = leases(); held.length > 0 && !ended.signal.aborted; held = leases()) {
      sayWaiting(held)
      await time.pause(announceMs, ended.signal)
    }
    announced = undefined
    if (!ended.signal.aborted) channel.post({ type: 'idle', by })
  }

  return {
    announce(leases) {
      if (ended.signal.aborted) return
      if (!announced) void repeat(leases)
      else if (!leases().every((lease) => announced?.has(lease))) sayWaiting(leases())
    },
    isAnnounced: (lease) => [...watched.values()].some(({ leases }) => leases.includes(lease)),
    hasRunningPeer: () => page.isTopLevel && time.monotonic() - provenAt < proofMs,
    tellYielding: (leases) => channel.post({ type: 'yielding', by, leases }),
    tellEvicted: (keys) => channel.post({ type: 'evicted', by, keys }),
    tellCleared: () => channel.post({ type: 'cleared', by }),
    end(leases, hasSuccessor) {
      channel.post({ type: 'left', by, leases, hasSuccessor })
      ended.abort()
      for (const session of [...watched.keys()]) forget(session)
      channel.close()
    },
  }
}
