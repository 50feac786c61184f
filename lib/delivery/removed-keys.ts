import type { Time } from './ports.ts'

/** How long the writes of a page that dies may take to become visible to others, in milliseconds. */
const lateWritesMs = 60_000

/** Settled keys of other pages, until no late write of theirs can bring a message back. */
export interface RemovedKeys {
  add(key: string): void
  has(key: string): boolean
}

export function createRemovedKeys(time: Time): RemovedKeys {
  const keys = new Set<string>()
  return {
    add(key) {
      if (keys.has(key)) return
      keys.add(key)
      void time.pause(lateWritesMs).then(() => keys.delete(key))
    },
    has: (key) => keys.has(key),
  }
}
