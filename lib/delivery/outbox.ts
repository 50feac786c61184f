import type { Claimed } from './claims.ts'
import { type Entry, isPersisted } from './entry.ts'
import { queuePrefix } from './entry-key.ts'
import { claimedEntries, ownEntries } from './entry-origin.ts'
import { createExitMarks } from './exit-marks.ts'
import { idleRelease } from './idle-release.ts'
import { createLeases } from './leases.ts'
import { memoryOnly } from './memory-only.ts'
import type { Outbox, OutboxLimits, OutboxListener } from './outbox-types.ts'
import { beginPageSession, type PageSession } from './page-session.ts'
import type { DeviceStorage, Time } from './ports.ts'
import { createQueue } from './queue.ts'
import { isInFlight, trim } from './trim.ts'
import { createWriteBehind, type WriteBehind } from './write-behind.ts'

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
  limits: OutboxLimits,
  listener: OutboxListener,
): Outbox {
  const { queue, maxAgeMs } = limits
  const writeBehind: WriteBehind = storage
    ? createWriteBehind({ ...storage, time }, trimAll, listener.onDebug)
    : memoryOnly
  const leases = storage && createLeases({ ...storage, time }, queue)
  const marks = createExitMarks(storage?.journal)
  const waiting = createQueue()
  const captured = new Set<Entry>()
  const createOwn = ownEntries(queue, maxAgeMs, time, leases)
  const adopt = claimedEntries(maxAgeMs, time, marks, writeBehind)
  const isEmpty = (): boolean => waiting.size() + captured.size === 0
  const isBusy = (): boolean => !writeBehind.isWritten() || (session?.isClaiming() ?? false)
  const releaseWhenIdle = leases && idleRelease({ isEmpty, isBusy }, leases, time)
  let session: PageSession | undefined
  /** Before the first session, as in a page that is prerendered, nothing is stored. */
  let hasBegun = false
  /** Whether the last trim left room for what was in flight. */
  let isTrimDue = false

  /** A tab with one message leaves this to those with more, because counting costs a transaction. */
  async function trimAll(): Promise<void> {
    if (!storage || waiting.size() < 2) return
    isTrimDue = [...waiting.values()].some(isInFlight)
    const trimmed = await trim(storage.database, limits, waiting.byKey(), writeBehind.isRemoved)
    if (trimmed.foreignKeys.length > 0) session?.peers.tellEvicted(trimmed.foreignKeys)
    if (trimmed.entries.length > 0) listener.onEvicted(trimmed.entries)
  }

  function onClaimed(claimed: Claimed[]): void {
    const adopted = claimed.flatMap((found) => (waiting.get(found.key) ? [] : adopt(found)))
    if (adopted.length > 0) {
      waiting.insert(adopted)
      announce()
      listener.onClaimed(adopted)
    }
  }

  function onEvicted(keys: string[]): void {
    for (const key of keys) {
      storage?.journal.erase(key)
      const entry = waiting.get(key)
      if (!entry) continue
      waiting.delete(key)
      writeBehind.abandon(entry)
      listener.onDroppedElsewhere(entry)
    }
    releaseWhenIdle?.()
  }

  /** Tells the other tabs that messages wait here, until none does. */
  const announce = (): void => session?.peers.announce(() => (isEmpty() ? [] : (leases?.held() ?? [])))

  function store(entry: Entry): void {
    if (!hasBegun) return
    writeBehind.store(entry)
    announce()
  }

  return {
    async begin() {
      if (!storage || !leases) return
      for (const entry of [...waiting.values()]) {
        if (!isPersisted(entry)) continue
        waiting.delete(entry.key)
        writeBehind.abandon(entry)
      }
      const isFirst = !hasBegun
      hasBegun = true
      leases.begin()
      session = beginPageSession(storage, time, queue, leases, writeBehind, {
        onClaimed,
        onDone: () => releaseWhenIdle?.(),
        onEvicted,
        onCleared: listener.onCleared,
        onBegun: listener.onBegun,
        onDebug: listener.onDebug,
      })
      if (isFirst) {
        for (const entry of [...captured, ...waiting.values()]) writeBehind.journal(entry)
        for (const entry of waiting.values()) store(entry)
      }
      await session.whenClaimed
    },
    capture(message) {
      const entry = createOwn(message)
      captured.add(entry)
      return entry
    },
    persist(entry) {
      if (hasBegun) writeBehind.journal(entry)
    },
    enqueue(entry) {
      captured.delete(entry)
      entry.state = 'waiting'
      waiting.add(entry)
      store(entry)
    },
    entries: waiting.values,
    size: waiting.size,
    remove(entry) {
      entry.state = 'settled'
      captured.delete(entry)
      waiting.delete(entry.key)
      if (entry.exits > 0 || entry.isClaimed) marks.erase(entry.key)
      if (entry.isClaimed) writeBehind.removeForeign(entry.key)
      else writeBehind.remove(entry)
      releaseWhenIdle?.()
    },
    expendable: waiting.expendable,
    onFailure() {
      if (isTrimDue) trimAll().catch(() => {})
    },
    markExit(entry) {
      if (isPersisted(entry)) marks.add(entry)
    },
    hasRunningPeer: () => session?.peers.hasRunningPeer() ?? false,
    unstored: () =>
      [...waiting.values()]
        .filter(({ isStored }) => !isStored)
        .map(({ key, message }) => [key, JSON.stringify(message)]),
    leases: () => leases?.held() ?? [],
    announceYield: () => session?.peers.tellYielding(leases?.held() ?? []),
    end() {
      writeBehind.end()
      session?.end(leases?.held() ?? [])
      session = undefined
      leases?.end()
    },
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
