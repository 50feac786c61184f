import type { ExitWorker } from '../../lib/delivery/ports.ts'
import { createExitService, type ExitService } from '../../lib/exit-worker/exit-service.ts'
import { type Device, timeOf } from './device.ts'
import { createListener } from './listener.ts'
import type { Network } from './network.ts'
import type { Records, Site } from './page.ts'
import type { Owner, World } from './world.ts'

/** The site's shared worker, as a browser makes, keeps and ends it. */
export interface WorkerHost {
  /** A page's access to the worker. */
  open(page: Owner): ExitWorker
  /** A page is gone: it is no client of the worker any more. */
  leave(page: Owner): void
  /** The browser ends the worker. */
  kill(): void
}

interface Worker {
  owner: Owner
  service: ExitService
  clients: Set<Owner>
}

/** So often a worker looks whether it may end, as lib/worker.ts has it. Milliseconds. */
const lookMs = 15_000

/** Browsers end a worker without pages, but seldom sooner than this. Milliseconds. */
const shortestLifeMs = 60_000
const longestLifeMs = 600_000

export function createWorkerHost(
  site: Pick<Site, 'settings' | 'isConsentGiven'>,
  queue: string,
  { world, device, network, records }: { world: World; device: Device; network: Network; records: Records },
): WorkerHost {
  let current: Worker | undefined
  let made = 0

  function createWorker(): Worker {
    const owner: Owner = { state: 'running', deferred: [], isWorker: true, frozenAt: [] }
    const name = `worker ${made++}`
    let until = 0
    const service = createExitService(
      {
        ...device.open(owner, -made),
        ...network.connect(owner),
        document: -made,
        isPrivacyRequested: () => false,
        retryAfter: {
          remainingMs: () => Math.max(until - world.monotonic(), 0),
          set(ms) {
            until = world.monotonic() + ms
          },
        },
        time: timeOf(world, owner),
      },
      { queue, ...site.settings, timeoutMs: 10_000, omit: [], consent: [], respectGpc: false },
      createListener(records, world, owner, name),
    )
    world.tell(`${name}: starts`)
    return { owner, service, clients: new Set() }
  }

  function end(worker: Worker): void {
    if (worker.owner.state === 'dead') return
    world.tell('the worker ends')
    worker.owner.state = 'dead'
    worker.owner.diedAt = world.monotonic()
    network.cutOff(worker.owner)
    device.freeLocks(worker.owner)
    if (current === worker) current = undefined
  }

  function endWhenDone(worker: Worker): void {
    if (worker.clients.size > 0) return
    if (worker.service.isDone()) end(worker)
    else world.after(lookMs, () => endWhenDone(worker), worker.owner)
  }

  return {
    open(page) {
      let connected: Worker | undefined
      let isPrepared = false
      return {
        prepare() {
          if (isPrepared) return
          isPrepared = true
          const connect = (): void => {
            current ??= createWorker()
            const worker = current
            worker.clients.add(page)
            const onReady = (): void => {
              connected = worker
            }
            world.after(world.random.between(2, 50), onReady, page)
          }
          world.after(world.random.between(5, 200), connect, page)
        },
        isReady: () => connected !== undefined && connected.owner.state !== 'dead',
        handOver(handedOver) {
          const worker = connected
          if (!worker) return
          world.tell('the worker gets what the page leaves')
          const given = {
            type: 'hand over',
            ...structuredClone(handedOver),
            browserInfo: undefined,
            isConsentWithdrawn: !site.isConsentGiven,
            isPrivacyRequested: false,
            retryAfterMs: 0,
          } as const
          world.after(
            1,
            () => void worker.service.takeOver(given).catch((error) => records.bugs.push(error)),
            worker.owner,
          )
        },
      }
    },
    leave(page) {
      const worker = current
      if (!worker?.clients.delete(page) || worker.clients.size > 0) return
      world.after(lookMs, () => endWhenDone(worker), worker.owner)
      world.after(
        world.random.between(shortestLifeMs, longestLifeMs),
        () => worker.clients.size === 0 && end(worker),
        worker.owner,
      )
    },
    kill() {
      if (current) end(current)
    },
  }
}
