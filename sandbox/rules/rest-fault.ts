import type { Fault } from './fault.ts'
import { whyNotFaults } from './fault.ts'

/** What shall happen to the next REST requests of an app. */
export interface RestFault extends Fault {
  /** A prefix of the paths below `/api/public/` that it hits, such as `users/update_or_create/`. Absent: all. */
  path?: string
}

/** Whether a fault hits a request to `path`, given below `/api/public/`. */
export const hits = (fault: RestFault, path: string): boolean => path.startsWith(fault.path ?? '')

/** What is wrong with a list of faults; `undefined` where nothing is. */
export function whyNotRestFaults(list: unknown): string | undefined {
  if (!Array.isArray(list)) return whyNotFaults(list)
  const wrong = list.find((fault) => fault?.path !== undefined && !isPrefix(fault.path))
  if (wrong) {
    return `"path" of a fault must be what follows /api/public/, such as "users/update_or_create/", got ${JSON.stringify(wrong.path)}.`
  }
  return whyNotFaults(list.map((fault) => (isFault(fault) ? withoutPath(fault) : fault)))
}

const isFault = (fault: unknown): fault is RestFault => typeof fault === 'object' && fault !== null
const withoutPath = ({ path: _, ...fault }: RestFault): Fault => fault

const isPrefix = (path: unknown): boolean => typeof path === 'string' && path !== '' && !path.startsWith('/')
