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

/**
 * Promise 1. What no storage had when its call returned is excused, and with `atExit: 'trust'` what counts as delivered
 * without an answer.
 */
function nothingIsLost({ records, network, settings }: Site): string[] {
  const arrived = new Set(network.arrivals.map(({ id }) => id))
  return records.calls
    .filter(
      ({ id }) =>
        !arrived.has(id) &&
        !records.told.get(id)?.some(({ what }) => settings.atExit === 'trust' || what !== 'delivered'),
    )
    .filter(({ wasStored }) => wasStored)
    .map(({ id }) => `${id} was lost`)
}

/** Promise 2. A message goes again only where the answer to it was not heard. */
function nothingIsRepeatedNeedlessly({ network }: Site): string[] {
  const heardAt = new Map<string, number>()
  for (const { id, heardAt: at } of network.arrivals) {
    if (at !== undefined) heardAt.set(id, Math.min(at, heardAt.get(id) ?? at))
  }
  return network.arrivals
    .filter(({ id, sentAt }) => sentAt > (heardAt.get(id) ?? Number.POSITIVE_INFINITY))
    .map(({ id }) => `${id} was sent again after its answer had been heard`)
}

/** Promise 3. A message whose first request failed, or was cut off, may come later than those behind it, or be dropped. */
function orderIsKept({ records, network }: Site): string[] {
  const firstAt = new Map<string, number>()
  network.arrivals.forEach(({ id }, at) => {
    if (!firstAt.has(id)) firstAt.set(id, at)
  })
  const requests = new Map<string, number>()
  for (const { id } of network.requests) requests.set(id, (requests.get(id) ?? 0) + 1)
  const broken: string[] = []
  const last = new Map<number, { id: string; at: number }>()
  for (const { id, page } of records.calls) {
    const at = firstAt.get(id)
    const isDropped = records.told.get(id)?.some(({ what }) => what.startsWith('dropped'))
    if (at === undefined || isDropped || (requests.get(id) ?? 0) > 1) continue
    const before = last.get(page)
    if (before && before.at > at) broken.push(`${id} arrived before ${before.id}`)
    else last.set(page, { id, at })
  }
  return broken
}

/**
 * Promise 7. Nothing ends in two ways. One tab may drop a message of another tab for want of room, while that one has it
 * in flight: then each tells what it knows.
 */
function everythingIsTold({ records }: Site): string[] {
  return [...records.told].flatMap(([id, told]) => {
    const ways = new Set(told.map(({ what }) => what))
    const isRace = ways.has('dropped overflow') && new Set(told.map(({ page }) => page)).size > 1
    return ways.size > 1 && !isRace ? [`${id} ended in several ways: ${[...ways].join(', ')}`] : []
  })
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
