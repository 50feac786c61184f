import type { Device } from './device.ts'
import type { Site } from './page.ts'
import type { Owner } from './world.ts'

/** The promises of docs/delivery.md that a history broke, in words. */
export function checkPromises(site: Site): string[] {
  return [
    ...nothingIsLost(site),
    ...nothingIsRepeatedNeedlessly(site),
    ...orderIsKept(site),
    ...everythingIsTold(site),
    ...nothingExpiresEarly(site),
    ...nobodyIsPressed(site),
    ...everythingSettles(site),
    ...nothingIsLeft(site),
  ]
}

/**
 * Promise 1. What no storage had when its call returned is excused, what only the journal had as the browser was killed, and with `atExit: 'trust'` what counts as delivered
 * without an answer.
 */
function nothingIsLost({ records, network, settings, device }: Site): string[] {
  const arrived = new Set(network.arrivals.map(({ id }) => id))
  return records.calls
    .filter(
      ({ id }) =>
        !arrived.has(id) &&
        !records.told.get(id)?.some(({ what }) => settings.atExit === 'trust' || what !== 'delivered'),
    )
    .filter(({ id, wasStored }) => wasStored && !device.untold.has(id) && !device.lostWithJournal.has(id))
    .map(({ id }) => `${id} was lost`)
}

/** How long a settled message may come back where its page crashes, in milliseconds: until a storage knows. */
const commitMs = 50
const commitMsInTrouble = 6500

/** Whether a tab died before a storage knew what it had heard or dropped at this time. */
const isForgotten = ({ troubles }: Device, { diedAt, frozenAt }: Owner, at: number): boolean => {
  if (diedAt === undefined) return false
  // A page that is frozen before it has written, and then crashes, has crashed as it was frozen.
  const endedAt = Math.min(diedAt, ...frozenAt.filter((frozen) => frozen >= at))
  return endedAt - at <= (troubles.size > 0 ? commitMsInTrouble : commitMs)
}

/** A worker whose database does not work has nowhere to remember what it has heard or dropped: it has no journal. */
const hasNoStorage = ({ troubles }: Device, { isWorker }: Owner): boolean =>
  isWorker && (troubles.has('fails') || troubles.has('silent'))

/**
 * Promise 2. A message goes again only where the answer to it was not heard, or where the page that heard it crashed
 * before the database knew. Excused is a device whose journal was full: it cannot remember within a task. So is what the
 * journal has again after the browser was killed.
 */
function nothingIsRepeatedNeedlessly({ network, device }: Site): string[] {
  if (device.troubles.has('full')) return []
  const heardAt = new Map<string, number>()
  for (const { id, heardAt: at, tab } of network.arrivals) {
    const isKilled = device.killedAt.some(
      (killedAt) => at !== undefined && killedAt >= at && killedAt - at < commitMsInTrouble,
    )
    if (at === undefined || isKilled || hasNoStorage(device, tab) || isForgotten(device, tab, at)) continue
    heardAt.set(id, Math.min(at, heardAt.get(id) ?? at))
  }
  return network.arrivals
    .filter(
      ({ id, sentAt }) => sentAt > (heardAt.get(id) ?? Number.POSITIVE_INFINITY) && !device.cameBack.has(id),
    )
    .map(({ id }) => `${id} was sent again after its answer had been heard`)
}

/**
 * Promise 3. A message whose first request failed, or was cut off, may come later than those behind it, or be dropped. One
 * that no storage had goes as its page ends, before what waits for the next page. With `atExit: 'trust'`, what a page sends
 * as it ends counts as delivered at once: what it had no room for goes while that is under way, and may overtake it.
 */
function orderIsKept({ records, network, device }: Site): string[] {
  // What a database has that cannot be read comes when it can be.
  if (device.troubles.has('fails') || device.troubles.has('silent')) return []
  const firstAt = new Map<string, number>()
  network.arrivals.forEach(({ id }, at) => {
    if (!firstAt.has(id)) firstAt.set(id, at)
  })
  const requests = new Map<string, number>()
  for (const { id } of network.requests) requests.set(id, (requests.get(id) ?? 0) + 1)
  const isSentAtExit = (at: number): boolean => network.arrivals[at]?.isExit === true
  const broken: string[] = []
  const last = new Map<string, { id: string; at: number }>()
  for (const { id, session, wasStored } of records.calls) {
    const at = firstAt.get(id)
    const isDropped = records.told.get(id)?.some(({ what }) => what.startsWith('dropped'))
    const wentAgain = (requests.get(id) ?? 0) > 1 || network.cutOffOnce.has(id)
    // A call that was discarded comes back where the browser is killed before the disk knows of that.
    const isBack = device.cameBack.has(id)
    if (at === undefined || isDropped || !wasStored || wentAgain || isBack) continue
    const before = last.get(session)
    if (!before || before.at < at) last.set(session, { id, at })
    else if (isSentAtExit(at) || !isSentAtExit(before.at)) broken.push(`${id} arrived before ${before.id}`)
  }
  return broken
}

/**
 * Promise 7. Nothing ends in two ways. One tab may drop a message of another tab for want of room, while that one has it
 * in flight: then each tells what it knows. What a tab tells before it crashes, and before a storage knows, it takes with
 * it, be it that a message is delivered or dropped: the message ends once more elsewhere.
 */
function everythingIsTold({ records, device }: Site): string[] {
  if (device.troubles.has('full') || device.troubles.has('killed')) return []
  return [...records.told].flatMap(([id, told]) => {
    const remembered = told.filter(
      ({ by, at }, place) =>
        place === told.length - 1 || !(hasNoStorage(device, by) || isForgotten(device, by, at)),
    )
    const ways = new Set(remembered.map(({ what }) => what))
    const isRace = ways.has('dropped overflow') && new Set(told.map(({ by }) => by)).size > 1
    return ways.size > 1 && !isRace ? [`${id} ended in several ways: ${[...ways].join(', ')}`] : []
  })
}

/** Every promise of `flush()` settles, and nothing of the plugin fails. */
function everythingSettles({ records }: Site): string[] {
  return [
    ...records.flushes
      .filter(({ isLate }) => isLate)
      .map(({ page }) => `a flush of page ${page.number} did not settle`),
    ...records.bugs.map((error) => `a bug: ${error instanceof Error ? error.stack : error}`),
  ]
}

/** A history lasts some hours. So a page that lives as long as a message never sees it expire, whatever the clock says. */
function nothingExpiresEarly({ records, pages }: Site): string[] {
  return records.calls
    .filter(({ id, page }) =>
      records.told
        .get(id)
        ?.some(({ by, what }) => what === 'dropped expired' && by === pages[page]?.owner && !by.hasLeft),
    )
    .map(({ id }) => `${id} expired in the page that had made it`)
}

/** In an hour in which all of a tab's requests fail, it makes fewer than this many. */
const mostFailuresPerHour = 100

/** An outage is probed with growing pauses. Only what a site or visitor does is tried at once, with two short repeats. */
function nobodyIsPressed({ network, records }: Site): string[] {
  const failed = network.requests.filter(({ hasFailed }) => hasFailed)
  return failed.flatMap(({ tab, at }) => {
    const inHour = failed.filter((other) => other.tab === tab && other.at >= at && other.at < at + 3_600_000)
    const most = mostFailuresPerHour + 3 * (records.calls.length + records.flushes.length)
    return inHour.length > most ? [`${inHour.length} requests of one tab failed within an hour`] : []
  })
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
