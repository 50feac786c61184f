import type { Store } from './ports.ts'

/** Does what only one may do at a time, over all instances; `undefined` where somebody else is at it. */
export async function exclusively<Value>(
  store: Store,
  claim: string,
  seconds: number,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  const began = Date.now()
  if (!(await store.claim(claim, seconds))) return undefined
  try {
    return await work()
  } finally {
    // After its time the claim may be another's. One that cannot be released ends by itself.
    if (Date.now() - began < seconds * 1000) await store.release(claim).catch(() => {})
  }
}
