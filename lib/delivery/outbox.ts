import type { Message } from '../message.ts'
import {
  type Entry,
  entryKey,
  isIdentity,
  keyParts,
  lifeName,
  lifePrefix,
  prefixOf,
  readStored,
} from './entry.ts'
import type { Database, Holds, Journal, Time } from './ports.ts'

/** How long the database may take to say whether it has a message, in milliseconds. */
const patience = 1000

/** Where messages wait until they are settled. */
export interface Outbox {
  /**
   * Begins a life: from now on what is written is this page's own, and what closed pages left behind is taken over.
   * Resolves when all that could be had at once is here.
   *
   * @param signal aborts when the life ends: others may take over then what this page leaves behind
   */
  begin(signal: AbortSignal): Promise<void>
  /** Makes an entry of a message. When this returns, it is as safe as it can be made within a call. */
  note(message: Message): Entry
  /** Puts a noted entry at the end of those that wait. */
  queue(entry: Entry): void
  /** Those that wait, in order. */
  waiting(): Iterable<Entry>
  /** How many wait. */
  size(): number
  /** Whether an entry is still this page's to send. Another tab may have settled it, or thrown it out. */
  isOurs(entry: Entry): Promise<boolean>
  /** Forgets an entry, here and wherever it is stored. */
  remove(entry: Entry): void
  /** The one to give up when there are too many. */
  expendable(): Entry | undefined
  /** Whether another tab lives that will take over an entry which this page leaves behind. */
  hasHeirOf(entry: Entry): boolean
  /** Makes sure, within a task, that nothing that is settled comes back when the page ends now. */
  close(): void
}

/** What the outbox tells of entries that came or went without being asked. */
export interface OutboxEvents {
  adopted(count: number): void
  /** There was no room for it beside those of other tabs. */
  evicted(entry: Entry): void
  log(text: string): void
}

export interface OutboxPorts {
  journal: Journal
  database: Database
  time: Time
  holds: Holds
}

/**
 * Keeps messages in three places, each for what the others cannot do (measured, see docs/delivery.md):
 *
 *     memory    in order, for this page
 *     journal   written within the call: survives a page that ends in the same task. Only until the database has it
 *     database  written within milliseconds: survives the browser, and holds any number
 *
 * A page between being shown and being left is a life. Its messages are its own as long as it lives, which others see
 * by the lock that it holds; when it ends, or dies, the next to get that lock takes them over. They stay under the keys
 * that they have, so that a second death is harmless.
 */
export function createOutbox(
  { journal, database, time, holds }: OutboxPorts,
  { queue, maxMessages, maxAgeMs }: { queue: string; maxMessages: number; maxAgeMs: number },
  events: OutboxEvents,
): Outbox {
  let entries = new Map<string, Entry>()
  /** What the keys of this life begin with. */
  let own = ''
  let sequence = 0
  let heirs = 0

  /** To be written to the database, and being written to it. */
  let puts = new Map<string, Entry>()
  let putting = new Map<string, Entry>()
  /** Those that the database would not have at first. It is asked once more: a transaction may be aborted by chance. */
  const retried = new WeakSet<Entry>()
  /** Settled, but the database may still have them. */
  const deletes = new Set<string>()
  let isBroken = false
  let lastCommit = Promise.resolve()
  let isDue = false

  /** One commit for all that a task did, and one after the other: what is deleted must not come back. */
  function commitSoon(): void {
    if (isDue) return
    isDue = true
    lastCommit = lastCommit.then(commit).catch((error) => {
      for (const [key, entry] of putting) {
        if (entry.state === 'settled' || retried.has(entry)) continue
        retried.add(entry)
        puts.set(key, entry)
      }
      putting.clear()
      if (puts.size > 0) commitSoon()
      events.log(`the database failed (${error}): messages wait in the page, and in its journal`)
    })
  }

  async function commit(): Promise<void> {
    isDue = false
    putting = puts
    puts = new Map()
    const deleting = [...deletes]
    await database.delete(deleting)
    for (const key of deleting) {
      deletes.delete(key)
      journal.erase(key)
    }
    await database.put(new Map([...putting].map(([key, { message }]) => [key, JSON.stringify(message)])))
    for (const [key, entry] of putting) {
      entry.stored = true
      entry.journaled = false
      if (!deletes.has(key)) journal.erase(key)
    }
    putting.clear()
    const isBusy = (key: string): boolean => entries.get(key)?.state === 'sending'
    for (const [key, text] of await database.trim(`${queue}:`, maxMessages, isBusy)) evict(key, text)
  }

  function evict(key: string, text: string): void {
    // Settled while the database was busy.
    if (deletes.has(key)) return
    const message = readStored(key, text)
    const entry = entries.get(key) ?? (message && revived(key, message, true))
    entries.delete(key)
    if (entry) events.evicted(entry)
  }

  const revived = (key: string, message: Message, stored: boolean): Entry => ({
    ...{ key, message, stored, state: 'waiting', journaled: !stored, attempts: 0, unansweredAt: 0 },
  })

  /** Takes over what a life left behind, of which the lock is held. The database may be long in coming, or never come. */
  async function adopt(dead: string): Promise<void> {
    const keys = journal.keys().filter((key) => key.startsWith(dead))
    adoptTexts(
      keys.map((key) => [key, journal.read(key) ?? '']),
      false,
    )
    adoptTexts(await database.read(dead).catch(() => []), true)
  }

  function adoptTexts(texts: [key: string, text: string][], stored: boolean): void {
    const adopted: [string, Entry][] = []
    for (const [key, text] of texts) {
      if (entries.has(key) || deletes.has(key) || !isForUs(key)) continue
      const message = readStored(key, text)
      if (message) {
        const entry = revived(key, message, stored)
        if (!stored) puts.set(key, entry)
        adopted.push([key, entry])
      } else {
        // Settled by a page that ended before the database knew, or damaged.
        if (text) events.log(`what was stored under ${key} is no message: removed`)
        forget(key)
      }
    }
    if (puts.size > 0) commitSoon()
    if (adopted.length === 0) return
    entries = new Map([...entries, ...adopted].sort(byKey))
    events.adopted(adopted.length)
  }

  /** Our queue's, or of a key that the site has replaced, and too old by now: it ends here. */
  function isForUs(key: string): boolean {
    const parts = keyParts(key)
    return parts !== undefined && (parts.queue === queue || parts.expires < time.now())
  }

  const isOfQueue = (key: string): boolean => key.startsWith(`${queue}:`)

  /** Removes a key from wherever it is stored. In the journal it is marked until the database has done so. */
  function forget(key: string): void {
    journal.erase(key)
    deletes.add(key)
    commitSoon()
  }

  return {
    async begin(signal) {
      sequence = 0
      // What is stored was left behind with the life that ended: another page may have settled it meanwhile.
      for (const [key, { state, stored, journaled }] of entries) {
        if (state !== 'sending' && (stored || journaled)) entries.delete(key)
      }
      own = lifePrefix(queue, lifeName(time.now(), time.random()))
      const mine = own
      const hold = holds(mine, signal)
      const met = new Map<string, boolean>([[mine, false]])
      const take = async (other: string, wait: boolean): Promise<boolean> => {
        const isHeld = (await hold(isOfQueue(other) ? other : `expired:${other}`, wait)) && !signal.aborted
        met.set(other, isHeld)
        if (isHeld) await adopt(other)
        return isHeld
      }
      /** Takes over a life's messages, unless it still lives: then when it ends. Resolves when what can be had is here. */
      const meet = async (other: string, isAlive: boolean): Promise<void> => {
        if (met.get(other)) return adopt(other)
        if (met.has(other)) return
        met.set(other, false)
        if (!isAlive && (await take(other, false))) return
        if (!isOfQueue(other)) return
        // That it may hear of this page as well, something of this page is written.
        if (journal.write(mine, '')) journal.erase(mine)
        heirs++
        void take(other, true).finally(() => heirs--)
      }
      journal.watch(signal, (key) => {
        if (isOfQueue(key)) void meet(prefixOf(key), true)
      })
      const meetAll = async (keys: string[]): Promise<void> => {
        for (const key of keys) if (keyParts(key) === undefined) forget(key)
        await Promise.all([...new Set(keys.filter(isForUs).map(prefixOf))].map((other) => meet(other, false)))
      }
      const stored = database.keys().then(meetAll, (error) => {
        isBroken = true
        events.log(`there is no database (${error}): messages wait in the page, and in its journal`)
      })
      await Promise.all([hold(mine, true), meetAll(journal.keys()), stored])
    },
    note(message) {
      const expires = time.now() + maxAgeMs
      const key = entryKey(own, { sequence: sequence++, expires, type: message.type })
      const journaled = journal.write(key, JSON.stringify(message))
      return { key, message, journaled, state: 'noted', stored: false, attempts: 0, unansweredAt: 0 }
    },
    queue(entry) {
      entry.state = 'waiting'
      entries.set(entry.key, entry)
      puts.set(entry.key, entry)
      commitSoon()
    },
    waiting: () => entries.values(),
    size: () => entries.size,
    isOurs: async ({ key, stored }) =>
      !stored || Promise.race([database.has(key).catch(() => true), time.pause(patience).then(() => true)]),
    remove(entry) {
      const { key, stored } = entry
      entry.state = 'settled'
      entries.delete(key)
      puts.delete(key)
      // One that the database cannot know yet is gone with its line in the journal.
      if (stored || putting.has(key) || !key.startsWith(own)) forget(key)
      else journal.erase(key)
    },
    expendable() {
      let identity: Entry | undefined
      for (const entry of entries.values()) {
        if (entry.state === 'sending') continue
        if (!isIdentity(entry.key)) return entry
        identity ??= entry
      }
      return identity
    },
    hasHeirOf: ({ journaled, stored }) => heirs > 0 && (journaled || stored),
    close() {
      if (!isBroken) for (const key of deletes) journal.write(key, '')
    },
  }
}

const byKey = ([a]: readonly [string, Entry], [b]: readonly [string, Entry]): number => (a < b ? -1 : 1)
