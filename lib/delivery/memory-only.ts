import type { WriteBehind } from './write-behind.ts'

/** For `queue.storage: 'memory'`: nothing is kept on the device. */
export const memoryOnly: WriteBehind = {
  journal() {},
  store() {},
  remove() {},
  removeForeign() {},
  isRemoved: () => false,
  abandon() {},
  end() {},
  markBroken() {},
  isWritten: () => true,
}
