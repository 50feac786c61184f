import type { Entry } from './entry.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { HandedOverText } from './outbox-types.ts'
import type { Journal } from './ports.ts'
import type { WriteBehind } from './write-behind-types.ts'

/** Lets go of the entries that a worker takes over. Returns the texts that the database may not have yet. */
export function handOver(
  entries: readonly Entry[],
  { journal, writeBehind, marks }: { journal: Journal; writeBehind: WriteBehind; marks: ExitMarks },
): HandedOverText[] {
  const texts = writeBehind.undeleted().map((key) => ({ key, text: '', isJournaled: false }))
  for (const entry of entries) {
    if (entry.exits > 0) marks.erase(entry.key)
    // The worker cannot erase the lines of the journal.
    if (entry.isStored) journal.erase(entry.key)
    else {
      const { key, message, isJournaled } = entry
      texts.push({ key, text: JSON.stringify(message), isJournaled })
    }
    writeBehind.abandon(entry)
  }
  return texts
}
