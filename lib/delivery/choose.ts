import type { Entry } from './entry.ts'
import { closedMs, type Gate } from './gate.ts'
import { isPausing, isProbe } from './set-aside.ts'

/** The entry whose turn it is; `undefined` where the gate is closed, or nothing waits that does not pause. */
export function chooseEntry(entries: Iterable<Entry>, gate: Gate, now: number): Entry | undefined {
  const isClosed = closedMs(gate, now) > 0
  const isProbeDue = gate.kind !== 'open' && gate.isProbeDue
  if (isClosed && !isProbeDue) return undefined
  let head: Entry | undefined
  for (const entry of entries) {
    if (entry.state !== 'waiting' || isPausing(entry, now)) continue
    if (!isProbeDue || isProbe(entry)) return entry
    head ??= entry
  }
  return isClosed ? undefined : head
}

/** Whether another message is left that may show whose fault a failure is. */
export function hasProbe(entries: Iterable<Entry>, now: number): boolean {
  for (const entry of entries) {
    if (entry.state === 'waiting' && !isPausing(entry, now) && isProbe(entry)) return true
  }
  return false
}
