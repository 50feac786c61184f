import type { Entry } from './entry.ts'

/** The callers of `flush()` that wait for entries to be settled. */
export interface FlushTracker {
  /** Resolves to `true` when all of `entries` are settled, to `false` when that try has ended otherwise. */
  track(entries: Iterable<Entry>): Promise<boolean>
  onSettled(entry: Entry): void
  /** The try has ended: all that still wait get `false`. */
  end(): void
}

export function createFlushTracker(): FlushTracker {
  let flushes: { unsettled: Set<Entry>; resolve(isSettled: boolean): void }[] = []
  return {
    track(entries) {
      const unsettled = new Set(entries)
      if (unsettled.size === 0) return Promise.resolve(true)
      return new Promise((resolve) => flushes.push({ unsettled, resolve }))
    },
    onSettled(entry) {
      flushes = flushes.filter(({ unsettled, resolve }) => {
        unsettled.delete(entry)
        if (unsettled.size === 0) resolve(true)
        return unsettled.size > 0
      })
    },
    end() {
      for (const { resolve } of flushes.splice(0)) resolve(false)
    },
  }
}
