import type { Message } from '../../protocol/message.ts'
import { type Claimed, createClaims } from './claims.ts'
import { createEntry, type Entry, readStored } from './entry.ts'
import { byKey, entryKey, isIdentity, keyParts, leaseOf, queuePrefix } from './entry-key.ts'
import type { Leases } from './leases.ts'
import { createLeases } from './leases.ts'
import { memoryOnly } from './memory-only.ts'
import { createPeers, type PageIdentity, type Peers } from './peers.ts'
import type { Database, Journal, OpenChannel, TabLocks, Time } from './ports.ts'
import type { WriteBehind } from './write-behind.ts'
import { createWriteBehind } from './write-behind.ts'

/** Where messages wait until they are settled. */
export interface Outbox {
  /**
   * Begins a page session: what is stored from now on is its own, and it claims what ended sessions left. Resolves when
   * all that could be had at once is here. Never rejects.
   */
  begin(): Promise<void>
  /** Makes an entry of a message. */
  capture(message: Message): Entry
  /** Makes an entry as safe as it can be made within a call. */
  persist(entry: Entry): void
  /** Puts an entry at the end of those that wait, and has it stored. */
  enqueue(entry: Entry): void
  /** Those that wait or are in flight, in order. */
  entries(): Iterable<Entry>
  size(): number
  /** Removes an entry, here and wherever it is stored. */
  remove(entry: Entry): void
  /** The one to drop when too many wait. */
  expendable(): Entry | undefined
  /** An entry is no longer in flight, but waits: there may be too many now. */
  onFailure(): void
  /** Remembers that the page sent this entry as it ended. */
  markExit(entry: Entry): void
  /** Whether another tab has just proved that it runs, and would take over what this page leaves. */
  hasRunningPeer(): boolean
  /** Lets go of entries, and returns what a worker needs to take them over. */
  handOver(entries: Iterable<Entry>): HandedOver
  /**
   * Tells a page that has begun that this session ends, and ends it when nothing is on its way any more.
   *
   * @param whenIdle resolves when no request is in flight
   */
  makeWay(whenIdle: Promise<unknown>): Promise<void>
  /** Ends the session within this task: others may claim what it leaves. */
  end(): void
  /** Deletes all that is stored of this queue, and tells the other tabs. Never rejects. */
  clear(): Promise<void>
}

export interface OutboxListener {
  /** What ended sessions left is here now. */
  onClaimed(entries: Entry[]): void
  /** Too many waited over all tabs: these were deleted. */
  onEvicted(entries: Entry[]): void
  /** Another tab has dropped these. */
  onDroppedElsewhere(entries: Entry[]): void
  /** Another tab has called `clear()`. */
  onCleared(): void
  /** The server asked a worker to leave it alone. */
  onRetryAfter(ms: number): void
  onDebug(text: string): void
}

/** What a page leaves to a worker. */
export interface HandedOver {
  /** What the database may not have yet. An empty text says that the message is settled. */
  texts: [key: string, text: string][]
  leases: string[]
}

/** What the device offers to keep messages, and to share them between tabs. */
export interface DeviceStorage {
  journal: Journal
  database: Database
  locks: TabLocks
  openChannel: OpenChannel
  page: PageIdentity
}

export interface OutboxLimits {
  queue: string
  maxMessages: number
  maxAgeMs: number
}

/** How long a page that has nothing waiting keeps its locks, in milliseconds: the next call often follows soon. */
const lockIdleMs = 1000

/** How long to wait until an ending tab has released its locks, in milliseconds. */
const lockReleaseMs = 10_000

/**
 * Keeps messages in three places, each for what the others cannot do (measured, see docs/delivery.md):
 *
 *     memory    in order, for this page
 *     journal   written within the call: survives a page that ends in the same task. Only until the database has it
 *     database  written within milliseconds: survives the browser, and holds any number
 *
 * Claimed messages keep their keys, so that a crash of the claimer loses nothing either.
 *
 * @param storage `undefined` keeps everything in memory
 */
export function createOutbox(
  storage: DeviceStorage | undefined,
  time: Time,
  { queue, maxMessages, maxAgeMs }: OutboxLimits,
  listener: OutboxListener,
): Outbox {
  const writeBehind: WriteBehind = storage
    ? createWriteBehind({ ...storage, time }, () => trim(storage), listener.onDebug)
    : memoryOnly
  const leases: Leases | undefined = storage && createLeases({ ...storage, time }, queue)
  let entries = new Map<string, Entry>()
  const captured = new Set<Entry>()
  let session: { peers: Peers; ended: AbortController } | undefined
  let claiming: Promise<unknown> = Promise.resolve()
  let keyLease = ''
  let sequence = 0
  let isReleaseDue = false
  let hasBegun = false
  /** Whether the last trim left room for what was in flight. */
  let wasTrimmedInFlight = false

  const isInFlight = ({ state }: Entry): boolean => state === 'sending' || state === 'pausing'

  /** A tab with one message leaves this to those with more, because counting costs a transaction. */
  async function trim({ database }: DeviceStorage): Promise<void> {
    if (entries.size < 2) return
    const inFlight = [...entries.values()].filter(({ state }) => state === 'sending').length
    wasTrimmedInFlight = inFlight > 0
    const isSpared = (key: string): boolean => isInFlight(entries.get(key) ?? ({ state: 'waiting' } as Entry))
    const rows = await database.trim(queuePrefix(queue), maxMessages + inFlight, isSpared)
    const evicted = rows.flatMap(([key, text]) => {
      const entry = entries.get(key)
      // A key of ours without an entry was settled while the database was busy.
      if (entry || leases?.isHeld(leaseOf(key))) return entry ?? []
      const message = readStored(key, text)
      return message ? createEntry(key, message, { expiresAt: 0, isClaimed: true }) : []
    })
    session?.peers.tellEvicted(rows.map(([key]) => key).filter((key) => !entries.has(key)))
    if (evicted.length > 0) listener.onEvicted(evicted)
  }

  function onClaimed(claimed: Claimed[]): void {
    const adopted = claimed.flatMap(adopt)
    if (adopted.length > 0) {
      entries = new Map([...entries, ...adopted].sort(byKey))
      session?.peers.announce(waitingLeases)
      listener.onClaimed(adopted.map(([, entry]) => entry))
    }
    releaseWhenIdle()
  }

  function adopt({ key, message, isJournaled, isStored }: Claimed): [string, Entry][] {
    if (entries.has(key)) return []
    if (!message || writeBehind.isRemoved(key)) {
      writeBehind.removeForeign(key)
      return []
    }
    const leftMs = Math.min((keyParts(key)?.expires ?? 0) - time.now(), maxAgeMs)
    const entry = createEntry(key, message, { expiresAt: time.monotonic() + leftMs, isClaimed: true })
    Object.assign(entry, { state: 'waiting', isJournaled, isStored, exits: exitsOf(key) })
    if (!isStored) writeBehind.store(entry)
    return [[key, entry]]
  }

  const exitsOf = (key: string): number => Number(storage?.journal.read(exitMark(key))) || 0

  /** The leases that messages wait for; none makes the announcements stop. */
  const waitingLeases = (): string[] => (entries.size + captured.size > 0 ? (leases?.held() ?? []) : [])

  /** A page with nothing waiting holds no lock, so that the browser may freeze it. */
  function releaseWhenIdle(): void {
    if (isReleaseDue || !leases || entries.size + captured.size > 0) return
    isReleaseDue = true
    void writeBehind
      .whenWritten()
      .then(() => time.pause(lockIdleMs, session?.ended.signal))
      .then(() => {
        isReleaseDue = false
        if (entries.size + captured.size === 0) leases.release()
      })
  }

  function beginSession(
    { journal, openChannel, page, database }: DeviceStorage,
    held: Leases,
  ): Promise<void> {
    const ended = new AbortController()
    const yields: Promise<void>[] = []
    const claims = createClaims(
      { journal, database, time },
      held,
      { queue, signal: ended.signal },
      {
        onClaimed,
        onDamaged: writeBehind.removeForeign,
        onUnreadable(error) {
          writeBehind.markBroken()
          listener.onDebug(`the database cannot be read: ${error}`)
        },
      },
    )
    const isForeign = (lease: string): boolean => !held.isOwn(lease)
    const claim = (candidates: string[], waitMs: number): Promise<void> => {
      const claimed = claims.claim(candidates.filter(isForeign), waitMs)
      claiming = Promise.all([claiming, claimed])
      return claimed
    }
    const peers = createPeers(
      { openChannel, time, page },
      `${queue}:${Math.round(time.monotonic())}-${time.random()}`,
      {
        onLeft: (left) => void claim(left, lockReleaseMs),
        onYielding: (left) => void yields.push(claim(left, lockReleaseMs)),
        onSilent: (silent) => void claim(silent, 0),
        onEvicted(keys) {
          const gone = keys.flatMap((key) => entries.get(key) ?? []).filter((entry) => !isInFlight(entry))
          for (const { key } of gone) entries.delete(key)
          for (const key of keys) journal.erase(key)
          listener.onDroppedElsewhere(gone)
        },
        onCleared: listener.onCleared,
        onRetryAfter: listener.onRetryAfter,
      },
    )
    session = { peers, ended }
    journal.watch(ended.signal, (key) => {
      if (writeBehind.isRemoved(key)) writeBehind.removeForeign(key)
      else if (held.isHeld(leaseOf(key))) void claim([leaseOf(key)], 0)
    })
    return claims.scan().then(async () => void (await Promise.all(yields)))
  }

  /** Stores what was captured before the first session, as in a page that was prerendered. */
  function storeEarly(): void {
    hasBegun = true
    for (const entry of [...captured, ...entries.values()]) writeBehind.journal(entry)
    for (const entry of entries.values()) writeBehind.store(entry)
    if (entries.size > 0) session?.peers.announce(waitingLeases)
  }

  function end(): void {
    writeBehind.end()
    session?.peers.end(leases?.held() ?? [])
    session?.ended.abort()
    session = undefined
    leases?.end()
  }

  return {
    async begin() {
      if (!storage || !leases) return
      for (const [key, entry] of entries) {
        // What is stored was left with the session that ended: another page may have settled it meanwhile.
        if (isInFlight(entry) || !(entry.isStored || entry.isJournaled)) continue
        entries.delete(key)
        writeBehind.abandon(entry)
      }
      leases.begin()
      const claiming = beginSession(storage, leases)
      if (!hasBegun) storeEarly()
      await claiming
    },
    capture(message) {
      const lease = leases?.own() ?? queuePrefix(queue)
      if (lease !== keyLease) sequence = 0
      keyLease = lease
      const key = entryKey(lease, {
        sequence: sequence++,
        expires: time.now() + maxAgeMs,
        type: message.type,
      })
      const entry = createEntry(key, message, { expiresAt: time.monotonic() + maxAgeMs, isClaimed: false })
      captured.add(entry)
      return entry
    },
    persist(entry) {
      if (hasBegun) writeBehind.journal(entry)
    },
    enqueue(entry) {
      captured.delete(entry)
      entry.state = 'waiting'
      entries.set(entry.key, entry)
      if (!hasBegun) return
      writeBehind.store(entry)
      session?.peers.announce(waitingLeases)
    },
    entries: () => entries.values(),
    size: () => entries.size,
    remove(entry) {
      entry.state = 'settled'
      captured.delete(entry)
      entries.delete(entry.key)
      if (entry.exits > 0) storage?.journal.erase(exitMark(entry.key))
      if (entry.isClaimed) writeBehind.removeForeign(entry.key)
      else writeBehind.remove(entry)
      releaseWhenIdle()
    },
    expendable() {
      let identity: Entry | undefined
      for (const entry of entries.values()) {
        if (isInFlight(entry)) continue
        if (!isIdentity(entry.key)) return entry
        identity ??= entry
      }
      return identity
    },
    onFailure() {
      if (storage && wasTrimmedInFlight) trim(storage).catch(() => {})
    },
    markExit(entry) {
      entry.exits++
      storage?.journal.write(exitMark(entry.key), String(entry.exits))
    },
    hasRunningPeer: () => session?.peers.hasRunningPeer() ?? false,
    handOver(given) {
      const texts: [string, string][] = writeBehind.undeleted().map((key) => [key, ''])
      for (const entry of given) {
        if (entry.exits > 0) storage?.journal.erase(exitMark(entry.key))
        // Its request may still arrive: it stays with its lease.
        if (isInFlight(entry)) continue
        if (entry.isStored) storage?.journal.erase(entry.key)
        else texts.push([entry.key, JSON.stringify(entry.message)])
        entries.delete(entry.key)
        writeBehind.abandon(entry)
      }
      return { texts, leases: leases?.held() ?? [] }
    },
    async makeWay(whenIdle) {
      session?.peers.tellYielding(leases?.held() ?? [])
      await Promise.all([claiming, whenIdle])
      await writeBehind.whenWritten()
      end()
    },
    end,
    async clear() {
      if (!storage) return
      const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
      for (const key of storage.journal.keys().filter(isOfQueue)) storage.journal.erase(key)
      session?.peers.tellCleared()
      const keys = await storage.database.keys().catch((): string[] => [])
      await storage.database.write(new Map(), new Set(keys.filter(isOfQueue))).catch(() => {})
    },
  }
}

/** The journal's key for how often pages sent an entry as they ended. */
const exitMark = (key: string): string => key.replace(/^userengage:/, 'userengage:exits:')
