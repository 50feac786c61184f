import type { Message } from '../../protocol/message.ts'
import {
  byKey,
  type Entry,
  entryKey,
  isIdentity,
  keyParts,
  lifeName,
  lifePrefix,
  readStored,
} from './entry.ts'
import { type Lives, meetLives } from './lives.ts'
import type { Database, Holds, Journal, Time } from './ports.ts'
import { createStores } from './stores.ts'

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
  /**
   * Makes an entry of a message. When this returns, it is as safe as it can be made within a call.
   *
   * @param isKept whether the message may be stored as it is now
   */
  note(message: Message, isKept?: boolean): Entry
  /** Makes an entry as safe as it can be made within a call. */
  keep(entry: Entry): void
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
 * A page between being shown and being left is a life. Its messages are its own as long as it lives; when it ends, or
 * dies, another takes them over. They stay under the keys that they have, so that a second death is harmless.
 */
export function createOutbox(
  ports: OutboxPorts,
  { queue, maxMessages, maxAgeMs }: { queue: string; maxMessages: number; maxAgeMs: number },
  events: OutboxEvents,
): Outbox {
  const { journal, database, time } = ports
  const stores = createStores(ports, trim, events.log)
  let entries = new Map<string, Entry>()
  let lives: Lives | undefined
  /** What the keys of this life begin with. */
  let own = ''
  let sequence = 0

  /** A tab with one message, as it comes and goes, leaves this to those with more: counting is a transaction. */
  async function trim(): Promise<void> {
    if (entries.size < 2) return
    const isBusy = (key: string): boolean => entries.get(key)?.phase === 'sending'
    for (const [key, text] of await database.trim(`${queue}:`, maxMessages, isBusy)) evict(key, text)
  }

  function evict(key: string, text: string): void {
    // Settled while the database was busy.
    if (stores.isForgotten(key)) return
    const message = readStored(key, text)
    const entry = entries.get(key) ?? (message && revived(key, message, true))
    entries.delete(key)
    if (entry) events.evicted(entry)
  }

  /** Takes over what a dead life has left behind. The database may be long in coming, or never come. */
  async function adopt(life: string): Promise<void> {
    const keys = journal.keys().filter((key) => key.startsWith(life))
    adoptTexts(
      keys.map((key) => [key, journal.read(key) ?? '']),
      false,
    )
    adoptTexts(await database.read(life).catch(() => []), true)
  }

  function adoptTexts(texts: [key: string, text: string][], stored: boolean): void {
    const adopted: [string, Entry][] = []
    for (const [key, text] of texts) {
      if (entries.has(key) || !isForUs(key)) continue
      const message = !stores.isForgotten(key) && readStored(key, text)
      if (message) {
        const entry = revived(key, message, stored)
        if (!stored) stores.save(entry)
        adopted.push([key, entry])
      } else {
        // Settled by a page that ended before the database knew, or damaged.
        if (text) events.log(`removed: ${key}`)
        stores.forget(key)
      }
    }
    if (adopted.length === 0) return
    entries = new Map([...entries, ...adopted].sort(byKey))
    events.adopted(adopted.length)
  }

  /** Our queue's, or of a key that the site has replaced, and too old by now: it ends here. */
  function isForUs(key: string): boolean {
    const parts = keyParts(key)
    return parts !== undefined && (parts.queue === queue || parts.expires < time.now())
  }

  const keep = (entry: Entry): void => {
    entry.journaled = journal.write(entry.key, JSON.stringify(entry.message))
  }

  return {
    async begin(signal) {
      sequence = 0
      // What is stored was left behind with the life that ended: another page may have settled it meanwhile.
      for (const [key, { phase, stored, journaled }] of entries) {
        if (phase === 'sending' || !(stored || journaled)) continue
        entries.delete(key)
        stores.letGo(key)
      }
      own = lifePrefix(queue, lifeName(time.now(), time.random()))
      lives = meetLives(
        ports,
        { own, queue, signal },
        {
          ...{ isForUs, adopt, damaged: stores.forget },
          unreadable(error) {
            stores.giveUp()
            events.log(`no database: ${error}`)
          },
        },
      )
      await lives.gathered
    },
    note(message, isKept = true) {
      const expires = time.now() + maxAgeMs
      const key = entryKey(own, { sequence: sequence++, expires, type: message.type })
      const entry = newEntry(key, message, 'noted')
      if (isKept) keep(entry)
      return entry
    },
    keep,
    queue(entry) {
      entry.phase = 'waiting'
      entries.set(entry.key, entry)
      stores.save(entry)
    },
    waiting: () => entries.values(),
    size: () => entries.size,
    isOurs: async ({ key, stored }) =>
      !stored || (await Promise.race([database.has(key).catch(() => {}), time.pause(patience)])) !== false,
    remove(entry) {
      entry.phase = 'settled'
      entries.delete(entry.key)
      if (entry.key.startsWith(own)) stores.remove(entry)
      else stores.forget(entry.key)
    },
    expendable() {
      let identity: Entry | undefined
      for (const entry of entries.values()) {
        if (entry.phase === 'sending') continue
        if (!isIdentity(entry.key)) return entry
        identity ??= entry
      }
      return identity
    },
    hasHeirOf: ({ journaled, stored }) => lives !== undefined && lives.others() > 0 && (journaled || stored),
    close: stores.close,
  }
}

const newEntry = (key: string, message: Message, phase: Entry['phase']): Entry => ({
  ...{ key, message, phase, stored: false, journaled: false, attempts: 0, unansweredAt: 0 },
})

const revived = (key: string, message: Message, stored: boolean): Entry => ({
  ...newEntry(key, message, 'waiting'),
  ...{ stored, journaled: !stored },
})
