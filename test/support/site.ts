import {
  createDelivery,
  type Delivery,
  type DeliveryPorts,
  type Limits,
} from '../../lib/delivery/delivery.ts'
import { type Entry, queueName } from '../../lib/delivery/entry.ts'
import { createOutbox, type Outbox } from '../../lib/delivery/outbox.ts'
import type { ServerWait } from '../../lib/delivery/ports.ts'
import { waitLeft } from '../../lib/delivery/retry-timing.ts'
import type { MessageType } from '../../protocol/message.ts'
import { type Clock, createClock, hour, settled } from './clock.ts'
import { createLine, type Line, type Said } from './line.ts'
import { idOf, message } from './message.ts'
import {
  createDatabase,
  createJournal,
  createLocks,
  type FakeDatabase,
  type FakeJournal,
  silent,
} from './storage.ts'

export const queue = queueName('https://ue.example/', 'k')

interface Tab {
  journal: FakeJournal
  database: FakeDatabase
  /** What happened, a line each. */
  told: string[]
  /** What went wrong with the storage, a line each. */
  log: string[]
  /** Ends as a crash does: nothing that it has begun goes on. */
  crash(): void
}
export interface DeliveryTab extends Tab, Delivery {
  line: Line
}
export interface OutboxTab extends Tab, Outbox {
  /** The first life. */
  life: AbortController
  /** Makes entries of messages, and puts them at the end. An id that begins with `i` is an identify call. */
  add(...ids: string[]): Entry[]
  /** The ids of those that wait, in order. */
  ids(): string[]
}

/** What a tab has of its own, in place of the site's. */
type Given = Partial<Limits & DeliveryPorts & { trouble: FakeDatabase['trouble'] }>

export interface Site {
  clock: Clock
  /** What is stored, whoever stored it. */
  stored: { journal: Map<string, string>; database: Map<string, string> }
  serverWait: ServerWait
  /** A tab's outbox, begun as far as it does so without waiting. */
  outbox(given?: Given): Promise<OutboxTab>
  /** A tab's delivery, over a line that answers as the script says. */
  open(script?: Said[], given?: Given): DeliveryTab
}

/** A site: its tabs share one clock, one storage, and their locks. */
export function createSite(): Site {
  const clock = createClock()
  const stored = { journal: new Map<string, string>(), database: new Map<string, string>() }
  const watchers = new Set<(key: string) => void>()
  const locks = createLocks()
  let span = [0, 0] as [number, number]
  const serverWait: ServerWait = {
    left: () => waitLeft(...span, clock.now()),
    set(ms) {
      span = [clock.now(), clock.now() + ms]
    },
  }
  let tabs = 0

  function createTab({ trouble = {} }: Given): Tab & { ports: DeliveryPorts } {
    const journal = createJournal(stored.journal, watchers)
    const database = createDatabase(stored.database)
    database.trouble = trouble
    const crashed = new AbortController()
    const random = tabs++ / 64
    return {
      ...{ journal, database, told: [], log: [] },
      ports: {
        ...{ journal, database, serverWait },
        holds: (_own, signal) => locks(AbortSignal.any([signal, crashed.signal])),
        time: { ...clock, random: () => random },
        complete: { now: (given) => given, soon: async (given) => given },
        connection: { isOffline: () => false, online: async () => {} },
        send: async () => ({ kind: 'delivered' }),
      },
      crash() {
        database.all(silent)
        journal.isFull = true
        crashed.abort()
      },
    }
  }

  const limits: Limits = { queue, maxMessages: 1000, maxAgeMs: 168 * hour, objection: () => undefined }

  return {
    ...{ clock, stored, serverWait },
    async outbox(given = {}) {
      const tab = createTab(given)
      const outbox = createOutbox(
        { ...tab.ports, ...given },
        { ...limits, ...given },
        {
          adopted: (count) => void tab.told.push(`adopted ${count}`),
          evicted(entry) {
            tab.told.push(`evicted ${idOf(entry.message)}`)
            outbox.remove(entry)
          },
          log: (text) => void tab.log.push(text),
        },
      )
      const life = new AbortController()
      void outbox.begin(life.signal)
      await settled()
      return {
        ...{ ...tab, ...outbox, life },
        add: (...ids) =>
          ids.map((id) => {
            const entry = outbox.note(message(id, typeOf(id)))
            outbox.queue(entry)
            return entry
          }),
        ids: () => [...outbox.waiting()].map((entry) => idOf(entry.message)),
      }
    },
    open(script = [], given = {}) {
      const tab = createTab(given)
      const line = createLine(script, tab.told)
      const delivery = createDelivery(
        { ...tab.ports, send: line.send, ...given },
        { ...limits, ...given },
        {
          delivered: (given) => void tab.told.push(`delivered ${idOf(given)}`),
          dropped: (given, { reason, status }) =>
            void tab.told.push(['dropped', idOf(given), reason, ...(status ? [status] : [])].join(' ')),
          retrying: (given, _, waitMs) => void tab.told.push(`retrying ${idOf(given)} in ${waitMs}`),
          misconfigured: ({ status }, waitMs) =>
            void tab.told.push(`misconfigured ${status}, again in ${waitMs}`),
          log: (text) => void tab.log.push(text),
        },
      )
      return { ...tab, ...delivery, line }
    },
  }
}

const typeOf = (id: string): MessageType => (id.startsWith('i') ? 'identify' : 'track')
