import type { Site } from './page.ts'

/** The promises of docs/delivery.md that a history broke, in words. */
export function checkPromises(site: Site): string[] {
  return [
    ...nothingIsLost(site),
    ...nothingIsRepeatedNeedlessly(site),
    ...orderIsKept(site),
    ...everythingIsTold(site),
    ...everythingSettles(site),
    ...nothingIsLeft(site),
  ]
}

/** Promise 1. What no storage had, and whose page ended, is excused. */
function nothingIsLost({ records, network }: Site): string[] {
  const arrived = new Set(network.arrivals.map(({ id }) => id))
  return records.calls
    .filter(({ id }) => !arrived.has(id) && !records.told.get(id)?.some((what) => what !== 'delivered'))
    .filter(({ wasStored }) => wasStored)
    .map(({ id }) => `${id} was lost`)
}

/** Promise 2. A message goes twice only where an answer was lost. */
function nothingIsRepeatedNeedlessly({ network }: Site): string[] {
  const heard = new Map<string, number>()
  return network.arrivals.flatMap(({ id, isHeard }) => {
    const before = heard.get(id) ?? 0
    if (isHeard) heard.set(id, before + 1)
    return before > 0 ? [`${id} was sent again after its answer had been heard`] : []
  })
}

/** Promise 3. A message that has failed may come later than those behind it. */
function orderIsKept({ records, network }: Site): string[] {
  const firstAt = new Map<string, number>()
  network.arrivals.forEach(({ id }, at) => {
    if (!firstAt.has(id)) firstAt.set(id, at)
  })
  const broken: string[] = []
  const last = new Map<number, { id: string; at: number }>()
  for (const { id, page } of records.calls) {
    const at = firstAt.get(id)
    if (at === undefined || (network.failures.get(id) ?? 0) > 0) continue
    const before = last.get(page)
    if (before && before.at > at) broken.push(`${id} arrived before ${before.id}`)
    else last.set(page, { id, at })
  }
  return broken
}

/** Promise 7. Nothing ends in two ways, and nothing without a word. */
function everythingIsTold({ records }: Site): string[] {
  return [...records.told].flatMap(([id, told]) =>
    new Set(told).size > 1 ? [`${id} ended in several ways: ${told.join(', ')}`] : [],
  )
}

/** Every promise of `flush()` settles, and nothing of the plugin fails. */
function everythingSettles({ records }: Site): string[] {
  return [
    ...records.flushes
      .filter(({ page, isSettled }) => !isSettled && page.state === 'shown')
      .map(({ page }) => `a flush of page ${page.number} never settled`),
    ...records.bugs.map((error) => `a bug: ${error instanceof Error ? error.stack : error}`),
  ]
}

/** Promises 6 and 8. At the end nothing waits: so nothing is stored, and no lock is held. */
function nothingIsLeft({ device, pages }: Site): string[] {
  const waiting = pages
    .filter(({ state }) => state === 'shown')
    .reduce((sum, { delivery }) => sum + delivery.stats().queued, 0)
  return [
    ...(waiting > 0 ? [`${waiting} messages still wait`] : []),
    ...[...device.database.keys()].map((key) => `the database still has ${key}`),
    ...[...device.journal.keys()].map((key) => `the journal still has ${key}`),
    ...[...device.holders.keys()].map((name) => `the lock ${name} is still held`),
  ]
}
