import type { Message } from '../../protocol/message.ts'
import { readStored } from './entry.ts'
import { everyQueue, keyParts, leaseOf, queuePrefix } from './entry-key.ts'
import type { Leases } from './leases.ts'
import type { Database, Journal, Time } from './ports.ts'

/** What a session that has ended left under a key. */
export interface Claimed {
  key: string
  /** `undefined` where the message is settled already, or damaged. */
  message: Message | undefined
  isJournaled: boolean
  isStored: boolean
}

/** Takes over the messages of page sessions that have ended. */
export interface Claims {
  /** Claims all that can be had. Resolves when the listener has it. Never rejects. */
  scan(): Promise<void>
  /** Claims these leases as soon as their locks are free, if that is within `waitMs`. Never rejects. */
  claim(leases: readonly string[], waitMs: number): Promise<void>
  /** Whether a claim is under way: its leases are held, though nothing of them waits here yet. */
  isClaiming(): boolean
}

export interface ClaimsListener {
  /** In the order of the keys. */
  onClaimed(claimed: Claimed[]): void
  onDamaged(key: string): void
  onUnreadable(error: unknown): void
  /** A claim is over, whatever it brought. */
  onDone(): void
}

/** How long the database may take to answer, in milliseconds. The journal's messages do not wait any longer for it. */
export const databaseTimeoutMs = 1000

/** So many locks, or so many texts, are handled within one task: more would be noticed by the visitor. */
const locksPerTask = 50
const textsPerTask = 100

export function createClaims(
  { journal, database, time }: { journal: Journal; database: Database; time: Time },
  leases: Leases,
  { queue, signal }: { queue: string; signal: AbortSignal },
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
    await claim(
      [...found].filter((lease) => !leases.isHeld(lockOf(lease))),
      0,
    )
  }

  let claiming = 0

  async function claim(candidates: readonly string[], waitMs: number): Promise<void> {
    if (candidates.length === 0) return
    claiming++
    await claimLeases(candidates, waitMs)
    claiming--
    listener.onDone()
  }

  async function claimLeases(candidates: readonly string[], waitMs: number): Promise<void> {
    const claimed = new Set<string>()
    for (let at = 0; at < candidates.length && !signal.aborted; at += locksPerTask) {
      if (at > 0) await time.pause(0)
      await Promise.all(
        candidates.slice(at, at + locksPerTask).map(async (lease) => {
          if (await leases.claim(lockOf(lease), waitMs)) claimed.add(lease)
        }),
      )
    }
    if (claimed.size > 0 && !signal.aborted) await takeOver(claimed)
  }

  /** Reads journal and database before it hands over anything: what is in either may precede what is in the other. */
  async function takeOver(claimed: ReadonlySet<string>): Promise<void> {
    const inJournal = new Map(
      journal
        .keys()
        .filter((key) => claimed.has(leaseOf(key)))
        .map((key): [string, string] => [key, journal.read(key) ?? '']),
    )
    const reading = readDatabase(claimed).catch(() => new Map<string, string>())
    const inDatabase = await Promise.race([reading, time.pause(databaseTimeoutMs)])
    await handOver(inJournal, inDatabase ?? new Map())
    if (!inDatabase) void reading.then((late) => handOver(new Map(), late))
  }

  async function readDatabase(claimed: ReadonlySet<string>): Promise<Map<string, string>> {
    const texts = new Map<string, string>()
    // One walk through everything is cheaper than many short ones.
    for (const prefix of claimed.size > 4 ? [everyQueue] : claimed) {
      for (let after = ''; ; ) {
        const page = await database.read(prefix, after, textsPerTask)
        for (const [key, text] of page) if (claimed.has(leaseOf(key)) && isForUs(key)) texts.set(key, text)
        after = page.at(-1)?.[0] ?? ''
        if (page.length < textsPerTask) break
      }
    }
    return texts
  }

  async function handOver(
    inJournal: ReadonlyMap<string, string>,
    inDatabase: ReadonlyMap<string, string>,
  ): Promise<void> {
    const claimed: Claimed[] = []
    for (const key of [...new Set([...inJournal.keys(), ...inDatabase.keys()])].sort()) {
      if (!isForUs(key)) continue
      const texts = [inDatabase.get(key), inJournal.get(key)]
      // An empty text in either says that the message is settled.
      const text = texts.includes('') ? undefined : (texts[0] ?? texts[1])
      claimed.push({
        key,
        message: text === undefined ? undefined : readStored(key, text),
        isJournaled: inJournal.has(key),
        isStored: inDatabase.has(key),
      })
      if (claimed.length % textsPerTask === 0) await time.pause(0)
    }
    if (claimed.length > 0 && !signal.aborted) listener.onClaimed(claimed)
  }

  return {
    async scan() {
      const reading = database.keys().catch((error): string[] => {
        listener.onUnreadable(error)
        return []
      })
      const inDatabase = await Promise.race([reading, time.pause(databaseTimeoutMs)])
      await claimKeys([...journal.keys(), ...(inDatabase ?? [])])
      if (!inDatabase) void reading.then((late) => claimKeys(late))
    },
    claim,
    isClaiming: () => claiming > 0,
  }
}
