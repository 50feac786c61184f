import { soonOrNever } from './database-timeout.ts'
import { everyQueue, keyParts, leaseOf, queuePrefix } from './entry-key.ts'
import type { Leases } from './leases.ts'
import type { DeviceStorage, Time } from './ports.ts'
import {
  type Claimed,
  parseTexts,
  readDatabase,
  readJournal,
  type StoredTexts,
  textsPerTask,
} from './stored-texts.ts'

/** Takes over the messages of page sessions that have ended. */
export interface Claims {
  /** Claims all that can be had. Resolves when the listener has it. Never rejects. */
  scan(): Promise<void>
  /** Claims these leases, waiting up to `waitMs` for their locks; with 0, none that another tab announces. Never rejects. */
  claim(leases: readonly string[], waitMs: number): Promise<void>
  /** All that is being claimed has been cleared: it does not come any more. */
  onCleared(): void
  /** Whether a claim is under way: its leases are held, though nothing of them waits here yet. */
  isClaiming(): boolean
}

export interface ClaimsListener {
  /** In the order of the keys, some at a time. */
  onClaimed(claimed: Claimed[]): void
  onDamaged(key: string): void
  onUnreadable(error: unknown): void
  /** These are all keys that the storages have. Not called where the database could not be read. */
  onScanned(keys: readonly string[]): void
  /** So many stored messages belong to tabs that still run. Nothing is counted where nobody asks. */
  onHeldElsewhere?: ((count: number) => void) | undefined
  /** A claim is over, whatever it brought. */
  onDone(): void
}

/** When a database that could not be read is read again, in milliseconds. */
const readRetryMs = 5000

/** So many locks are asked for within one task: more would be noticed by the visitor. */
const locksPerTask = 50

export function createClaims(
  { journal, database, locks, time }: DeviceStorage & { time: Time },
  leases: Leases,
  { queue, signal, isAnnounced }: { queue: string; signal: AbortSignal; isAnnounced(lease: string): boolean },
  listener: ClaimsListener,
): Claims {
  /** Those of this queue, and what has expired under an API key that the site has replaced: it ends here. */
  const isForUs = (key: string): boolean => {
    const parts = keyParts(key)
    return parts !== undefined && (parts.queue === queue || parts.expires < time.now())
  }

  /** What is expired in another queue has a lock of its own, so that the queue's own page is not disturbed. */
  const lockOf = (lease: string): string =>
    lease.startsWith(queuePrefix(queue)) ? lease : `expired:${lease}`

  async function claimKeys(keys: readonly string[]): Promise<void> {
    for (const key of keys) if (keyParts(key) === undefined) listener.onDamaged(key)
    const found = new Set(keys.filter(isForUs).map(leaseOf))
    const unheld = [...found].filter((lease) => !leases.isHeld(lockOf(lease)))
    await claim(unheld, 0)
    if (!listener.onHeldElsewhere) return
    const elsewhere = new Set(keys.filter((key) => isForUs(key) && !leases.isHeld(lockOf(leaseOf(key)))))
    if (elsewhere.size > 0) listener.onHeldElsewhere(elsewhere.size)
  }

  let claiming = 0
  let clears = 0

  async function claim(candidates: readonly string[], waitMs: number): Promise<void> {
    if (candidates.length === 0) return
    claiming++
    const before = clears
    if (waitMs === 0) await locks.whenGranted()
    const free = candidates.filter((lease) => waitMs > 0 || !isAnnounced(lease))
    const claimed = await acquire(free, waitMs)
    if (claimed.size > 0 && !signal.aborted) await takeOver(claimed, () => clears > before)
    claiming--
    listener.onDone()
  }

  async function acquire(candidates: readonly string[], waitMs: number): Promise<Set<string>> {
    const claimed = new Set<string>()
    for (let at = 0; at < candidates.length && !signal.aborted; at += locksPerTask) {
      if (at > 0) await time.pause(0)
      await Promise.all(
        candidates.slice(at, at + locksPerTask).map(async (lease) => {
          if (await leases.claim(lockOf(lease), waitMs)) claimed.add(lease)
        }),
      )
    }
    return claimed
  }

  /** Reads journal and database before it hands over anything: what is in either may precede what is in the other. */
  async function takeOver(claimed: ReadonlySet<string>, isCleared: () => boolean): Promise<void> {
    const reading = readDatabase(database, claimed).catch(() => {
      // The leases are held now, so nobody else can read what the database has of them.
      void time.pause(readRetryMs).then(() => claim([...claimed], 0))
      return new Map<string, string>()
    })
    const inDatabase = await soonOrNever(reading, time)
    await handOver(readJournal(journal, claimed), inDatabase ?? new Map(), isCleared)
    if (!inDatabase) void reading.then((late) => handOver(new Map(), late, isCleared))
  }

  async function handOver(
    inJournal: StoredTexts,
    inDatabase: StoredTexts,
    isCleared: () => boolean,
  ): Promise<void> {
    const found = await parseTexts(inJournal, inDatabase, time)
    const claimed = found.filter(({ key }) => isForUs(key))
    for (let at = 0; at < claimed.length; at += textsPerTask) {
      if (at > 0) await time.pause(0)
      if (!signal.aborted && !isCleared()) listener.onClaimed(claimed.slice(at, at + textsPerTask))
    }
  }

  /** What a database has that failed once is not left for the next page. */
  async function readKeysLater(): Promise<void> {
    for (let waitMs = readRetryMs; !signal.aborted; waitMs *= 2) {
      const keys = await database.keys().catch(() => undefined)
      if (keys) return claimKeys(keys)
      await time.pause(waitMs)
    }
  }

  return {
    async scan() {
      const reading = database.keys().catch((error) => {
        listener.onUnreadable(error)
        void time.pause(readRetryMs).then(readKeysLater)
      })
      const inDatabase = await soonOrNever(reading, time)
      const keys = [...journal.keys(everyQueue), ...(inDatabase ?? [])]
      if (inDatabase) listener.onScanned(keys)
      else void reading.then((late) => late && claimKeys(late))
      await claimKeys(keys)
    },
    claim,
    onCleared: () => void clears++,
    isClaiming: () => claiming > 0,
  }
}
