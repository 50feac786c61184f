import type { Entry, Outbox } from './ports.ts'

/** An outbox that lives as long as its page. */
export function createMemoryOutbox(): Outbox {
  // A Set keeps the order of arrival, and lets go of what is settled without moving what waits.
  const entries = new Set<Entry>()
  return {
    add: (message) => void entries.add({ message }),
    first: () => entries.values().next().value,
    remove: (entry) => void entries.delete(entry),
    size: () => entries.size,
  }
}
