import type { Entry } from './entry.ts'

/** Those who wait for entries to be settled. */
export interface Flushes {
  /** `true` when all of `entries` are settled, `false` when that try has ended otherwise. */
  of(entries: Iterable<Entry>): Promise<boolean>
  settled(entry: Entry): void
  /** Tells all who wait that the try has ended. */
  end(): void
}

export function createFlushes(): Flushes {
  let waiting: { unsettled: Set<Entry>; done(settled: boolean): void }[] = []
  return {
    of(entries) {
      const unsettled = new Set(entries)
      if (unsettled.size === 0) return Promise.resolve(true)
      return new Promise((done) => waiting.push({ unsettled, done }))
    },
    settled(entry) {
      waiting = waiting.filter(({ unsettled, done }) => {
        unsettled.delete(entry)
        if (unsettled.size === 0) done(true)
        return unsettled.size > 0
      })
    },
    end() {
      for (const { done } of waiting.splice(0)) done(false)
    },
  }
}
