import type { WriteBehind } from './write-behind-types.ts'

/** For `queue.storage: 'memory'`: nothing is kept on the device. */
export const memoryOnly: WriteBehind = {
  journal() {},
  store() {},
  hurry() {},
  remove() {},
  removeForeign() {},
  isRemoved: () => false,
  undeleted: () => [],
  abandon() {},
  end() {},
  isWritten: () => true,
}
