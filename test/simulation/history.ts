import { checkPromises } from './check.ts'
import { createDevice } from './device.ts'
import { createNetwork, type NetworkMode } from './network.ts'
import { openPage, type Page, queue, type Site } from './page.ts'
import { createRandom } from './random.ts'
import { createWorkerHost } from './worker.ts'
import { createWorld } from './world.ts'

/** What a history showed. */
export interface Result {
  seed: number
  /** The promises that it broke, in words. */
  broken: string[]
  story: string[]
}

const minute = 60_000
const hour = 60 * minute

/** Lives through the history of a seed, and then looks whether every promise was kept. */
export async function live(seed: number, watch?: (site: Site) => void): Promise<Result> {
  const random = createRandom(seed)
  const world = createWorld(random)
  const site: Site = {
    world,
    device: createDevice(world),
    network: createNetwork(world),
    records: { calls: [], told: new Map(), flushes: [], bugs: [] },
    settings: {
      maxMessages: random.chance(0.2) ? 5 : 1000,
      maxAgeMs: 168 * hour,
      atExit: random.chance(0.2) ? 'trust' : 'resend',
    },
    retryAfter: { from: 0, until: 0 },
    isConsentGiven: true,
    clearedAt: undefined,
    workers: undefined,
    pages: [],
  }
  if (random.chance(0.5)) site.workers = createWorkerHost(site, queue, site)
  watch?.(site)
  openPage(site)
  // Most histories have few kinds of trouble: so each kind is seen alone as well.
  const troubles = random.chance(0.3) ? 0 : random.between(1, 7)
  for (let step = random.between(5, 40); step > 0; step--) {
    act(site, troubles)
    await world.pass(pauseBetween(site))
  }
  await recover(site)
  return { seed, broken: checkPromises(site), story: world.story }
}

/** Actions follow each other at once, within milliseconds, seconds or minutes. */
function pauseBetween({ world: { random } }: Site): number {
  return random.weighted({ now: 3, soon: 4, later: 3, late: 1 }) === 'now'
    ? 0
    : random.pick([
        random.between(0, 10),
        random.between(10, 300),
        random.between(300, 5000),
        random.between(5000, 5 * minute),
      ])
}

function act(site: Site, troubles: number): void {
  const { random } = site.world
  const shown = site.pages.filter(({ state, owner }) => state === 'shown' && owner.state === 'running')
  const page = shown.length > 0 ? random.pick(shown) : openPage(site)
  const isTrouble = troubles > 0 && random.chance(0.3)
  if (isTrouble) makeTrouble(site, page, troubles)
  else lead(site, page)
}

/** What visitors and sites do. */
function lead(site: Site, page: Page): void {
  const { random } = site.world
  switch (
    random.weighted({
      call: 10,
      burst: 2,
      flush: 1,
      follow: 3,
      leave: 2,
      close: 1,
      newTab: 2,
      cache: 1,
      restore: 1,
      clear: 0.1,
      consent: 0.2,
    })
  ) {
    case 'call':
      call(site, page)
      return
    case 'burst':
      for (let left = random.between(2, 12); left > 0; left--) call(site, page)
      return
    case 'flush':
      page.flush()
      return
    case 'follow':
      if (random.chance(0.5)) call(site, page)
      leave(site, page, 'site')
      return
    case 'leave':
      if (random.chance(0.5)) call(site, page)
      leave(site, page, 'elsewhere')
      return
    case 'close':
      page.hide({ isNextPageOfSite: false, isCached: false })
      return
    case 'newTab':
      openPage(site, random.chance(0.2) ? random.between(1, 5000) : 0)
      return
    case 'cache':
      page.hide({ isNextPageOfSite: false, isCached: true })
      return
    case 'restore':
      site.pages.find(({ state }) => state === 'cached')?.restore()
      return
    case 'clear':
      page.clear()
      return
    case 'consent':
      site.isConsentGiven = !site.isConsentGiven
      site.world.tell(site.isConsentGiven ? 'consent is given' : 'consent is withdrawn')
  }
}

/** The page goes to another document: at once, as in browsers that tell nothing before, or after the navigation began. */
function leave(site: Site, page: Page, target: 'site' | 'elsewhere'): void {
  const { world } = site
  const end = (): void => {
    if (page.state !== 'shown') return
    page.hide({ isNextPageOfSite: target === 'site', isCached: world.random.chance(0.2) })
    if (target === 'site') openPage(site)
  }
  if (world.random.chance(0.5)) {
    end()
    return
  }
  page.navigate(target)
  if (world.random.chance(0.1))
    world.after(world.random.between(1, 2000), () => page.navigate(undefined), page.owner)
  else world.after(world.random.between(1, 400), end, page.owner)
}

function call({ world: { random }, network, records }: Site, page: Page): void {
  page.call(random.weighted({ track: 6, page: 4, identify: 1, group: 1 }))
  const id = records.calls.at(-1)?.id ?? ''
  if (random.chance(0.03))
    network.fate.set(id, random.pick(['poison 403', 'poison 500', 'poison reset', 'refused']))
}

/** What goes wrong. */
function makeTrouble(site: Site, page: Page, troubles: number): void {
  const { world, device, network } = site
  const { random } = world
  const kinds = ['network', 'freeze', 'crash', 'kill', 'storage', 'clock', 'offline'] as const
  switch (kinds[random.between(0, Math.min(troubles, kinds.length) - 1)]) {
    case 'network': {
      const modes: NetworkMode[] = [
        'takes',
        'takes',
        'takes',
        'unreachable',
        'answers 500',
        'asks to wait',
        'hangs',
        'loses answers',
        'wrong key',
        'foreign answers',
      ]
      network.mode = random.pick(modes)
      world.tell(`network: ${network.mode}`)
      return
    }
    case 'freeze': {
      const frozen = site.pages.find(({ state, owner }) => state === 'shown' && owner.state === 'frozen')
      if (frozen) {
        world.tell(`page ${frozen.number}: thaws`)
        world.thaw(frozen.owner)
        return
      }
      world.tell(`page ${page.number}: is frozen`)
      page.owner.state = 'frozen'
      page.owner.frozenAt.push(world.monotonic())
      return
    }
    case 'crash':
      page.crash()
      return
    case 'kill':
      world.tell('the browser is killed')
      for (const { state, owner, crash } of site.pages)
        if (state !== 'gone' && owner.state !== 'dead') crash()
      site.workers?.kill()
      device.losePower()
      device.troubles.add('killed')
      return
    case 'storage': {
      const what = random.pick(['full', 'fails', 'silent', 'cleared', 'works', 'works'] as const)
      world.tell(`storage: ${what}`)
      if (what !== 'works') device.troubles.add(what)
      device.journalMode = what === 'full' ? 'full' : 'works'
      device.databaseMode = what === 'fails' || what === 'silent' ? what : 'works'
      if (what === 'cleared') {
        device.clear()
        for (const made of site.records.calls) made.wasStored = false
      }
      return
    }
    case 'clock': {
      const byMs = random.pick([-hour, -minute, minute, hour, 24 * hour, 200 * hour])
      world.tell(`clock: set by ${byMs / minute} minutes`)
      world.setClock(byMs)
      return
    }
    case 'offline':
      network.setOffline(!network.isOffline)
      world.tell(network.isOffline ? 'offline' : 'online')
      return
  }
}

/** All trouble ends, the visitor comes once more, and stays. */
async function recover(site: Site): Promise<void> {
  const { world, device, network } = site
  world.tell('all trouble ends')
  network.mode = 'takes'
  network.fate.clear()
  network.setOffline(false)
  device.journalMode = 'works'
  device.databaseMode = 'works'
  site.isConsentGiven = true
  for (const { state, owner } of site.pages)
    if (state === 'shown' && owner.state === 'frozen') world.thaw(owner)
  await world.pass(minute)
  for (const page of site.pages)
    if (page.state === 'shown') page.hide({ isNextPageOfSite: true, isCached: false })
  for (const page of site.pages) if (page.state === 'cached') page.crash()
  await world.pass(minute)
  openPage(site)
  await world.pass(3 * hour)
}
