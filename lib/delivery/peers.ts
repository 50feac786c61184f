import type { OpenChannel, PageIdentity, TabChannel, Time } from './ports.ts'

export interface PeersListener {
  onLeft(leases: string[]): void
  onYielding(leases: string[]): void
  /** A tab said that messages wait, and then nothing more: it may have crashed. */
  onSilent(leases: string[]): void
  onEvicted(keys: string[]): void
  onCleared(): void
  onBegun(): void
}

/** The other tabs of the site. */
export interface Peers {
  /** Announces these leases while messages of them wait. */
  announce(leases: () => string[]): void
  /** Whether another tab has just proved that it runs. */
  hasRunningPeer(): boolean
  tellYielding(leases: string[]): void
  tellEvicted(keys: string[]): void
  tellCleared(): void
  /** Ends the session, and leaves these leases to the others. */
  end(leases: string[]): void
}

/** How often a tab announces that its messages wait, in milliseconds. Only while they do: an idle page says nothing. */
const announceMs = 3000

/** For how long an answer proves that the other tab runs, in milliseconds: it outlasts one announcement. */
const proofMs = 5000

/** After this silence a tab that had messages may be dead, in milliseconds. */
const silenceMs = 10_000

export function createPeers(
  { openChannel, time, page }: { openChannel: OpenChannel; time: Time; page: PageIdentity },
  by: string,
  listener: PeersListener,
): Peers {
  const ended = new AbortController()
  /** The timers that watch whether announcing tabs fall silent. */
  const watched = new Map<string, AbortController>()
  let provenAt = Number.NEGATIVE_INFINITY
  let isAnnouncing = false

  const forget = (session: string): void => {
    watched.get(session)?.abort()
    watched.delete(session)
  }

  const watch = (session: string, leases: string[]): void => {
    forget(session)
    const watching = new AbortController()
    watched.set(session, watching)
    void time.pause(silenceMs, watching.signal).then(() => {
      if (watching.signal.aborted) return
      watched.delete(session)
      listener.onSilent(leases)
    })
  }

  const channel: TabChannel = openChannel((message) => {
    if (message.by === by || ended.signal.aborted) return
    switch (message.type) {
      case 'begun':
        return listener.onBegun()
      case 'yielding':
        return listener.onYielding(message.leases)
      case 'waiting':
        watch(message.by, message.leases)
        if (page.isTopLevel) channel.post({ type: 'running', by, to: message.by, document: page.document })
        return
      case 'running':
        if (message.to === by && message.document !== page.document) provenAt = time.monotonic()
        return
      case 'left':
        forget(message.by)
        return listener.onLeft(message.leases)
      case 'evicted':
        return listener.onEvicted(message.keys)
      case 'cleared':
        return listener.onCleared()
    }
  })
  channel.post({ type: 'begun', by })

  return {
    announce(leases) {
      if (isAnnouncing || ended.signal.aborted) return
      isAnnouncing = true
      const repeat = async (): Promise<void> => {
        for (let held = leases(); held.length > 0 && !ended.signal.aborted; held = leases()) {
          channel.post({ type: 'waiting', by, leases: held })
          await time.pause(announceMs, ended.signal)
        }
        isAnnouncing = false
      }
      void repeat()
    },
    hasRunningPeer: () => page.isTopLevel && time.monotonic() - provenAt < proofMs,
    tellYielding: (leases) => channel.post({ type: 'yielding', by, leases }),
    tellEvicted: (keys) => channel.post({ type: 'evicted', by, keys }),
    tellCleared: () => channel.post({ type: 'cleared', by }),
    end(leases) {
      channel.post({ type: 'left', by, leases })
      ended.abort()
      for (const session of [...watched.keys()]) forget(session)
      channel.close()
    },
  }
}
