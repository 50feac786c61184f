import type { Time } from './ports.ts'

/** How long the writes of a page that dies may take to become visible to others, in milliseconds. */
const lateWritesMs = 60_000

/** Settled keys of other pages, until no late write or read can bring a message back. */
export interface RemovedKeys {
  add(key: string): void
  has(key: string): boolean
  /** The database has deleted it. */
  onDeleted(key: string): void
}

export function createRemovedKeys(time: Time): RemovedKeys {
  const keys = new Set<string>()
  return {
    add: (key) => void keys.add(key),
    has: (key) => keys.has(key),
    onDeleted(key) {
      if (keys.has(key)) void time.pause(lateWritesMs).then(() => keys.delete(key))
    },
  }
}
