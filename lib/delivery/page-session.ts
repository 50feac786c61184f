import { type ClaimsListener, createClaims } from './claims.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { leaseOf } from './entry-key.ts'
import type { Leases } from './leases.ts'
import { createPeers, type Peers, type PeersListener } from './peers.ts'
import type { DeviceStorage, Time } from './ports.ts'
import type { WriteBehind } from './write-behind-types.ts'

/** The time between a page being shown and being left, in which it shares the site's storage with other tabs. */
export interface PageSession {
  peers: Peers
  /** Aborts when the session ends. */
  signal: AbortSignal
  /** Resolves when all is claimed that could be had at once. Never rejects. */
  whenClaimed: Promise<void>
  /** Tells the other tabs that all is cleared, what is being claimed as well. */
  clear(): void
  /** Whether leases are held of which nothing waits here yet. */
  isClaiming(): boolean
  /** Ends the session within this task, and leaves these leases to its successor, or to all others. */
  end(leases: string[], hasSuccessor: boolean): void
}

export interface PageSessionListener
  extends Pick<ClaimsListener, 'onClaimed' | 'onDone' | 'onScanned'>,
    Pick<PeersListener, 'onEvicted' | 'onCleared' | 'onRetryAfter'> {
  readonly log?: DeliveryLog | undefined
}

/** How long to wait until an ending tab has released its locks, in milliseconds. */
const lockReleaseMs = 10_000

/** Begins a session: claims what ended sessions left, and from now on what others leave. */
export function beginPageSession(
  storage: DeviceStorage,
  time: Time,
  queue: string,
  leases: Leases,
  writeBehind: WriteBehind,
  listener: PageSessionListener,
): PageSession {
  const { journal } = storage
  const ended = new AbortController()
  const yields: Promise<void>[] = []
  let isWatching = false
  const isForeign = (lease: string): boolean => !leases.isOwn(lease)

  const claims = createClaims(
    { ...storage, time },
    {
      ...leases,
      claim(lease, waitMs) {
        watchJournal()
        return leases.claim(lease, waitMs)
      },
    },
    { queue, signal: ended.signal, isAnnounced: (lease) => peers.isAnnounced(lease) },
    {
      onClaimed: listener.onClaimed,
      onDone: listener.onDone,
      onScanned: listener.onScanned,
      onDamaged: writeBehind.removeForeign,
      onUnreadable: (error) => listener.log?.onDatabaseFailed('reading', error),
      onHeldElsewhere: listener.log?.onHeldElsewhere,
    },
  )
  const peers = createPeers({ ...storage, time }, sessionName(time), {
    onLeft: (left) => void claims.claim(left.filter(isForeign), lockReleaseMs),
    onYielding: (left) => void yields.push(claims.claim(left.filter(isForeign), lockReleaseMs)),
    onSilent: () => void claims.scan(),
    onEvicted: listener.onEvicted,
    onCleared() {
      claims.onCleared()
      listener.onCleared()
      // The tab that clears tells by the lease what was called later.
      leases.renew()
    },
    onRetryAfter: listener.onRetryAfter,
  })

  /** A page that dies writes to the journal until its end. The page that claims its lease may see that late. */
  function watchJournal(): void {
    if (isWatching) return
    isWatching = true
    journal.watch(ended.signal, (key) => {
      const lease = leaseOf(key)
      if (writeBehind.isRemoved(key)) writeBehind.removeForeign(key)
      else if (leases.isHeld(lease) && isForeign(lease)) void claims.claim([lease], 0)
    })
  }

  return {
    peers,
    signal: ended.signal,
    whenClaimed: claims.scan().then(async () => void (await Promise.all(yields))),
    clear() {
      claims.onCleared()
      peers.tellCleared()
    },
    isClaiming: claims.isClaiming,
    end(held, hasSuccessor) {
      peers.end(held, hasSuccessor)
      ended.abort()
    },
  }
}

const sessionName = (time: Time): string => `${Math.round(time.now())}-${time.random()}`
