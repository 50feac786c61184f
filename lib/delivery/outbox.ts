import { clearQueue } from './clear-queue.ts'
import type { Entry } from './entry.ts'
import { claimedEntries, ownEntries } from './entry-origin.ts'
import { createExitMarks } from './exit-marks.ts'
import { handOver } from './hand-over.ts'
import { idleRelease } from './idle-release.ts'
import { createLeases } from './leases.ts'
import { memoryOnly } from './memory-only.ts'
import type { Outbox, OutboxLimits, OutboxListener } from './outbox-types.ts'
import { beginPageSession, type PageSession } from './page-session.ts'
import { leaveLate, tellCleared } from './peers.ts'
import type { DeviceStorage, Time } from './ports.ts'
import { createQueue } from './queue.ts'
import type { Claimed } from './stored-texts.ts'
import { createTrimmer, type Trimmed } from './trim.ts'
import { createWriteBehind } from './write-behind.ts'
import type { WriteBehind } from './write-behind-types.ts'

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
  const waiting = createQueue()
  const trimmer = createTrimmer(storage?.database, limits, waiting, listener, onTrimmed, () => writeBehind)
  const writeBehind: WriteBehind = storage
    ? createWriteBehind({ ...storage, time }, trimmer.trim, listener.log)
    : memoryOnly
  const leases = storage && createLeases({ ...storage, time }, queue)
  const marks = createExitMarks(storage?.journal)
  const captured = new Set<Entry>()
  const createOwn = ownEntries(queue, maxAgeMs, time, leases)
  const entryOf = claimedEntries(maxAgeMs, time, marks, writeBehind)
  const isEmpty = (): boolean => waiting.size() + captured.size === 0
  const isBusy = (): boolean => !writeBehind.isWritten() || (session?.isClaiming() ?? false)
  const releaseWhenIdle = leases && idleRelease({ isEmpty, isBusy }, leases, time)
  let session: PageSession | undefined
  /** Before the first session, as in a page that is prerendered, nothing is stored. */
  let hasBegun = false

  function onTrimmed({ entries, foreignKeys }: Trimmed): void {
    if (foreignKeys.length > 0) session?.peers.tellEvicted(foreignKeys)
    if (entries.length > 0) listener.onEvicted(entries)
  }

  function onClaimed(claimed: Claimed[]): void {
    const entries = claimed.flatMap((found) => (waiting.get(found.key) ? [] : entryOf(found)))
    if (entries.length > 0) {
      waiting.insert(entries)
      announce()
      listener.onClaimed(entries)
    }
  }

  function onEvicted(keys: string[]): void {
    for (const key of keys) storage?.journal.erase(key)
    const entries = keys.flatMap((key) => waiting.get(key) ?? [])
    for (const entry of entries) {
      waiting.delete(entry.key)
      writeBehind.abandon(entry)
    }
    if (entries.length > 0) listener.onDroppedElsewhere(entries)
    releaseWhenIdle?.()
  }

  /** Tells the other tabs that messages wait here, until none does. */
  const announce = (): void => session?.peers.announce(() => (isEmpty() ? [] : (leases?.held() ?? [])))

  return {
    async begin() {
      if (!storage || !leases) return
      for (const entry of waiting.removePersisted()) writeBehind.abandon(entry)
      const isFirst = !hasBegun
      hasBegun = true
      leases.begin()
      session = beginPageSession(storage, time, queue, leases, writeBehind, {
        ...listener,
        onClaimed,
        onDone: () => releaseWhenIdle?.(),
        onScanned: marks.sweep,
        onEvicted,
      })
      if (isFirst) {
        for (const entry of [...captured, ...waiting.values()]) writeBehind.journal(entry)
        for (const entry of waiting.values()) writeBehind.store(entry)
        if (!isEmpty()) announce()
      }
      await session.whenClaimed
    },
    capture(message) {
      const entry = createOwn(message)
      captured.add(entry)
      return entry
    },
    persist(entry) {
      if (!hasBegun) return
      writeBehind.journal(entry)
      announce()
    },
    enqueue(entry) {
      captured.delete(entry)
      entry.state = 'waiting'
      waiting.add(entry)
      if (hasBegun) writeBehind.store(entry)
    },
    captured: () => captured.values(),
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
    onTrouble: writeBehind.hurry,
    onFailure: trimmer.onFailure,
    markExit: marks.add,
    hasRunningPeer: () => session?.peers.hasRunningPeer() ?? false,
    handOver(entries) {
      for (const { key } of entries) waiting.delete(key)
      const texts = storage ? handOver(entries, { ...storage, writeBehind, marks }) : []
      return { texts, leases: leases?.held() ?? [] }
    },
    announceYield: () => session?.peers.tellYielding(leases?.held() ?? []),
    isBusy,
    end(hasSuccessor) {
      writeBehind.end()
      session?.end(leases?.held() ?? [], hasSuccessor)
      session = undefined
      leases?.end()
    },
    leaveLate() {
      if (storage && leases && !session) leaveLate(storage.openChannel, leases.own())
    },
    async clear() {
      if (!storage) return
      if (session) session.clear()
      else tellCleared(storage.openChannel)
      const isOwnCall = (key: string): boolean => waiting.get(key)?.isClaimed === false
      await clearQueue({ ...storage, time }, marks, queue, isOwnCall)
    },
  }
}
