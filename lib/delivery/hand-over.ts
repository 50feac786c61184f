import type { Entry } from './entry.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { Journal } from './ports.ts'
import type { WriteBehind } from './write-behind-types.ts'

/**
 * Lets go of the entries that a worker takes over. Returns the texts that the database may not have yet; an empty text says
 * that the message is settled.
 */
export function handOver(
  entries: readonly Entry[],
  { journal, writeBehind, marks }: { journal: Journal; writeBehind: WriteBehind; marks: ExitMarks },
): [key: string, text: string][] {
  const texts: [string, string][] = writeBehind.undeleted().map((key) => [key, ''])
  for (const entry of entries) {
    if (entry.exits > 0) marks.erase(entry.key)
    // The worker cannot erase the lines of the journal.
    if (entry.isStored) journal.erase(entry.key)
    else texts.push([entry.key, JSON.stringify(entry.message)])
    writeBehind.abandon(entry)
  }
  return texts
}
