import type { Message } from '../../protocol/message.ts'
import { readStored } from './entry.ts'
import { everyQueue, leaseOf } from './entry-key.ts'
import type { Database, Journal, Time } from './ports.ts'

/** Texts by key. An empty text says that its message is settled. */
export type StoredTexts = ReadonlyMap<string, string>

/** What a session that has ended left under a key. */
export interface Claimed {
  key: string
  /** `undefined` where the message is settled already, or damaged. */
  message: Message | undefined
  isJournaled: boolean
  isStored: boolean
}

/** So many texts are handled within one task: more would be noticed by the visitor. */
export const textsPerTask = 100

/** What the journal has of these leases. */
export const readJournal = (journal: Journal, leases: ReadonlySet<string>): StoredTexts =>
  new Map(
    journal
      .keys(everyQueue)
      .filter((key) => leases.has(leaseOf(key)))
      .map((key): [string, string] => [key, journal.read(key) ?? '']),
  )

/** What the database has of these leases. Rejects where it fails. */
export async function readDatabase(database: Database, leases: ReadonlySet<string>): Promise<StoredTexts> {
  const texts = new Map<string, string>()
  // One walk through everything is cheaper than many short ones.
  for (const prefix of leases.size > 4 ? [everyQueue] : leases) {
    for (let after = ''; ; ) {
      const page = await database.read(prefix, after, textsPerTask)
      for (const [key, text] of page) if (leases.has(leaseOf(key))) texts.set(key, text)
      after = page.at(-1)?.[0] ?? ''
      if (page.length < textsPerTask) break
    }
  }
  return texts
}

/** The messages of both, in the order of their keys. */
export async function parseTexts(
  inJournal: StoredTexts,
  inDatabase: StoredTexts,
  time: Time,
): Promise<Claimed[]> {
  const claimed: Claimed[] = []
  for (const key of [...new Set([...inJournal.keys(), ...inDatabase.keys()])].sort()) {
    const texts = [inDatabase.get(key), inJournal.get(key)]
    const text = texts.includes('') ? undefined : (texts[0] ?? texts[1])
    claimed.push({
      key,
      message: text === undefined ? undefined : readStored(key, text),
      isJournaled: inJournal.has(key),
      isStored: inDatabase.has(key),
    })
    if (claimed.length % textsPerTask === 0) await time.pause(0)
  }
  return claimed
}
