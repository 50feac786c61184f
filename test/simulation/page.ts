import { createDelivery } from '../../lib/delivery/delivery.ts'
import type { Delivery } from '../../lib/delivery/delivery-types.ts'
import type { Entry } from '../../lib/delivery/entry.ts'
import { queueName } from '../../lib/delivery/entry-key.ts'
import { remainingMs } from '../../lib/delivery/retry-timing.ts'
import type { MessageType } from '../../protocol/message.ts'
import { message } from '../support/message.ts'
import { type Device, timeOf } from './device.ts'
import { createListener, record } from './listener.ts'
import type { Network } from './network.ts'
import type { WorkerHost } from './worker.ts'
import type { Owner, World } from './world.ts'

/** How long a try to deliver all may take, with the longest of all time limits, in milliseconds. */
const flushLimitMs = 600_000
/** In so many parts the limit is counted, because the time in which a page is frozen does not count. */
const flushLooks = 10

export const queue = queueName('https://ue.example/', 'k')

/** A call that the site made. */
export interface Call {
  id: string
  page: number
  /** The sessions of a page that was left and came back are apart: another tab may have what the first one left. */
  session: string
  at: number
  /** Whether a storage had it when the call returned. */
  wasStored: boolean
}

/** What is known of every call, whoever heard of it. */
export interface Records {
  calls: Call[]
  told: Map<string, { by: Owner; at: number; what: string }[]>
  flushes: { page: Page; isSettled: boolean; isLate: boolean }[]
  bugs: unknown[]
}

export interface Site {
  world: World
  device: Device
  network: Network
  records: Records
  settings: { maxMessages: number; maxAgeMs: number; atExit: 'resend' | 'trust' }
  retryAfter: { from: number; until: number }
  isConsentGiven: boolean
  /** When a page last called `clear()`: nobody can say whether a call, or a page, of the same millisecond came before. */
  clearedAt: number | undefined
  /** `undefined` where the browser lets no worker outlive its pages. */
  workers: WorkerHost | undefined
  pages: Page[]
}

/** A document that a visitor has open, or had. */
export interface Page {
  number: number
  owner: Owner
  state: 'shown' | 'cached' | 'gone'
  delivery: Delivery
  /** The site makes a call. */
  call(type: MessageType): void
  flush(): void
  /** The site drops all that waits, for a visitor who opts out. */
  clear(): void
  /** The page begins to go to another document, or stays after all. */
  navigate(target: 'site' | 'elsewhere' | undefined): void
  /** The page ends properly. */
  hide(options: { isNextPageOfSite: boolean; isCached: boolean }): void
  restore(): void
  /** It ends within no time: nothing of it runs any more. */
  crash(): void
}

/** @param shownInMs how long the page is prerendered, in milliseconds: until it is shown, it stores and sends nothing */
export function openPage(site: Site, shownInMs = 0): Page {
  const { world, device, network, records, settings } = site
  const owner: Owner = { state: 'running', deferred: [], isWorker: false, frozenAt: [] }
  const number = site.pages.length
  const { send, connection } = network.connect(owner)
  let calls = 0
  let restores = 0
  /** Without source middleware, calls are captured as they are made. */
  const isEarly = world.random.chance(0.8)

  const delivery = createDelivery(
    {
      storage: device.open(owner, number),
      enrich: {
        withKnown: (given) => given,
        whenReady: () =>
          new Promise<void>((resolve) => world.after(world.random.between(0, 50), resolve, owner)),
      },
      worker: site.workers?.open(owner),
      send,
      connection,
      retryAfter: {
        remainingMs: () => remainingMs(site.retryAfter, world.now()),
        set(ms) {
          site.retryAfter = { from: world.now(), until: world.now() + ms }
        },
      },
      time: timeOf(world, owner),
    },
    {
      queue,
      ...settings,
      timeoutMs: 10_000,
      blockedBy: () => (site.isConsentGiven ? undefined : 'consent'),
    },
    createListener(records, world, owner, `page ${number}`),
  )

  let shownAt: number | undefined
  function show(): void {
    shownAt = world.monotonic()
    delivery.begin()
  }

  const page: Page = {
    number,
    owner,
    state: 'shown',
    delivery,
    call(type) {
      const id = `${type[0]}${number}.${calls++}`
      const given = message(id, type)
      world.tell(`page ${number}: calls ${id}`)
      const call: Call = {
        id,
        page: number,
        session: `${number}.${restores}`,
        at: world.monotonic(),
        wasStored: false,
      }
      const isFiltered = isEarly && world.random.chance(0.03)
      const entry: Entry | undefined = isEarly ? delivery.capture(given) : undefined
      const isClearedNow =
        site.clearedAt !== undefined && [shownAt, world.monotonic()].includes(site.clearedAt)
      call.wasStored = (entry?.isJournaled ?? false) && !isClearedNow
      const dispatch = (): void => {
        if (!isEarly) call.session = `${number}.${restores}`
        if (isFiltered && entry?.state === 'captured') {
          delivery.discard(entry)
          record(records, world, owner, id, 'filtered')
          world.tell(`page ${number}: ${id} filtered`)
        } else delivery.enqueue(given, entry)
      }
      world.after(2, dispatch, owner)
      records.calls.push(call)
    },
    flush() {
      world.tell(`page ${number}: flush`)
      const flush = { page, isSettled: false, isLate: false }
      const look = (left: number): void => {
        if (left === 0) flush.isLate = !flush.isSettled
        else world.after(flushLimitMs / flushLooks, () => look(left - 1), owner)
      }
      look(flushLooks)
      records.flushes.push(flush)
      void delivery.flush().then(() => {
        flush.isSettled = true
      })
    },
    clear() {
      world.tell(`page ${number}: clears`)
      // Pages that have ended tell nobody of what they had.
      for (const made of records.calls) made.wasStored = false
      site.clearedAt = world.monotonic()
      void delivery.clear()
    },
    navigate(target) {
      world.tell(`page ${number}: ${target ? `goes to ${target}` : 'stays'}`)
      delivery.onNavigation(target)
    },
    hide({ isNextPageOfSite, isCached }) {
      world.tell(
        `page ${number}: ends${isNextPageOfSite ? ', the next page is of the site' : ''}${isCached ? ', cached' : ''}`,
      )
      // A browser discards a prerendered page without a word.
      if (shownAt === undefined) return page.crash()
      if (owner.state === 'frozen') world.thaw(owner)
      owner.hasLeft = true
      delivery.onPageHide(isNextPageOfSite)
      page.state = isCached ? 'cached' : 'gone'
      owner.state = isCached ? 'frozen' : 'dead'
      network.cutOff(owner)
      world.after(2, () => {
        if (page.state !== 'gone') return
        device.freeLocks(owner)
        site.workers?.leave(owner)
      })
    },
    restore() {
      world.tell(`page ${number}: comes back`)
      page.state = 'shown'
      restores++
      world.thaw(owner)
      delivery.onPageRestore()
    },
    crash() {
      world.tell(`page ${number}: crashes`)
      page.state = 'gone'
      owner.diedAt = world.monotonic()
      owner.state = 'dead'
      network.cutOff(owner)
      device.freeLocks(owner)
      site.workers?.leave(owner)
    },
  }
  site.pages.push(page)
  world.tell(`page ${number}: opens${shownInMs > 0 ? ', prerendered' : ''}`)
  if (shownInMs > 0) world.after(shownInMs, show, owner)
  else show()
  return page
}
