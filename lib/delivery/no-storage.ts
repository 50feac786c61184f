// For a queue that is to leave nothing on the device: everything stays in the page's memory.
import type { Database, Holds, Journal } from './ports.ts'

export const noJournal: Journal = {
  write: () => false,
  read: () => undefined,
  erase() {},
  keys: () => [],
  watch() {},
}

const never = (): Promise<never> => new Promise(() => {})

/** Like one that does not open, but for what it holds, which is nothing. */
export const noDatabase: Database = {
  put: never,
  delete: async () => {},
  has: never,
  keys: async () => [],
  read: async () => [],
  trim: never,
}

/** There is nothing to share. */
export const noHolds: Holds = () => async () => true
