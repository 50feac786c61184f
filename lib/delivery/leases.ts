import { leaseName } from './entry-key.ts'
import type { Release, TabLocks, Time } from './ports.ts'

/**
 * The leases of a page. A lease is a group of stored messages with one owner at a time: the page that holds the lock of
 * its name. A page begins a lease of its own when something waits, and may claim those of pages that have ended:
 *
 *     none --a message waits--> own, held --nothing waits any more, or the page ends--> released
 *     another page's --its lock is free--> claimed, held -------------------------------^
 */
export interface Leases {
  /** A page session begins: from now on the own lease is held. */
  begin(): void
  /** The page's own lease. The first call after a release begins a new one. */
  own(): string
  /** The next message begins a new own lease. The one before stays held, until nothing waits any more. */
  renew(): void
  isOwn(lease: string): boolean
  isHeld(lease: string): boolean
  held(): string[]
  /** Acquires the lease of a page that has ended, waiting up to `waitMs`. Resolves to whether it is held now. */
  claim(lease: string, waitMs: number): Promise<boolean>
  /** Releases all, because nothing waits. */
  release(): void
  /** The page session ends: releases all, and acquires nothing any more. */
  end(): void
}

export function createLeases({ locks, time }: { locks: TabLocks; time: Time }, queue: string): Leases {
  let phase: 'new' | 'active' | 'ended' = 'new'
  let own: string | undefined
  let lastStart = 0
  /** By lease; `undefined` while its lock is on its way. */
  let releases = new Map<string, Release | undefined>()

  async function acquire(lease: string, acquiring: Promise<Release | undefined>): Promise<boolean> {
    const before = releases
    const release = await acquiring
    const isWanted = release !== undefined && before === releases
    if (isWanted) releases.set(lease, release)
    else release?.()
    return isWanted
  }

  /** The own lease counts as held at once, because its name is new. */
  function hold(lease: string): void {
    releases.set(lease, undefined)
    void acquire(lease, locks.acquireNew(lease))
  }

  function release(): void {
    for (const free of releases.values()) free?.()
    releases = new Map()
    own = undefined
  }

  return {
    begin() {
      // What was called after a session had ended is claimed like what other pages left.
      if (phase === 'ended') own = undefined
      phase = 'active'
      if (own !== undefined) hold(own)
    },
    own() {
      if (own !== undefined) return own
      // A later lease has a later start, even where the clock was set back.
      lastStart = Math.max(time.now(), lastStart + 1)
      own = leaseName(queue, lastStart, time.random())
      if (phase === 'active') hold(own)
      return own
    },
    renew() {
      own = undefined
    },
    isOwn: (lease) => lease === own,
    isHeld: (lease) => releases.has(lease),
    held: () => [...releases.keys()],
    claim: async (lease, waitMs) =>
      releases.has(lease) ||
      acquire(lease, waitMs > 0 ? locks.acquireWithin(lease, waitMs) : locks.acquire(lease)),
    release,
    end() {
      phase = 'ended'
      release()
    },
  }
}
