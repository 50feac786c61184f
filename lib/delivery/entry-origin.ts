import type { Message } from '../../protocol/message.ts'
import { createEntry, type Entry } from './entry.ts'
import { entryKey, keyParts, queuePrefix } from './entry-key.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { Leases } from './leases.ts'
import type { Time } from './ports.ts'
import type { Claimed } from './stored-texts.ts'
import type { WriteBehind } from './write-behind-types.ts'

/** Makes the entries of this page's own calls, numbered within its lease. */
export function ownEntries(
  queue: string,
  maxAgeMs: number,
  time: Time,
  leases: Leases | undefined,
): (message: Message) => Entry {
  let lease = ''
  let sequence = 0
  return (message) => {
    const own = leases?.own() ?? queuePrefix(queue)
    if (own !== lease) sequence = 0
    lease = own
    const expires = time.now() + maxAgeMs
    const key = entryKey(lease, { sequence: sequence++, expires, type: message.type })
    return createEntry(key, message, { expiresAt: time.monotonic() + maxAgeMs, isClaimed: false })
  }
}

/** Makes the entries of what ended sessions left, and removes what is settled already. */
export function claimedEntries(
  maxAgeMs: number,
  time: Time,
  marks: ExitMarks,
  writeBehind: WriteBehind,
): (claimed: Claimed) => Entry[] {
  return ({ key, message, isJournaled, isStored }) => {
    if (!message || writeBehind.isRemoved(key)) {
      writeBehind.removeForeign(key)
      marks.erase(key)
      return []
    }
    const leftMs = Math.min((keyParts(key)?.expires ?? 0) - time.now(), maxAgeMs)
    const entry: Entry = {
      ...createEntry(key, message, { expiresAt: time.monotonic() + leftMs, isClaimed: true }),
      state: 'waiting',
      isJournaled,
      isStored,
      exits: marks.read(key),
    }
    if (!isStored) writeBehind.store(entry)
    return [entry]
  }
}
