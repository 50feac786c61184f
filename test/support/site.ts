import { createDelivery } from '../../lib/delivery/delivery.ts'
import type { Delivery, DeliveryPorts, DeliverySettings } from '../../lib/delivery/delivery-types.ts'
import type { Entry } from '../../lib/delivery/entry.ts'
import { queueName } from '../../lib/delivery/entry-key.ts'
import { createOutbox } from '../../lib/delivery/outbox.ts'
import type { Outbox } from '../../lib/delivery/outbox-types.ts'
import type { DeviceStorage, RetryAfterStore, Time } from '../../lib/delivery/ports.ts'
import { remainingMs } from '../../lib/delivery/retry-timing.ts'
import { type Clock, createClock, hour, settled } from './clock.ts'
import { createLine, type Line, type Script } from './line.ts'
import { createLog } from './log.ts'
import { idOf, messageOf } from './message.ts'
import {
  createDatabase,
  createJournal,
  type FakeDatabase,
  type FakeJournal,
  type Troubles,
} from './storage.ts'
import { createChannels, createLocks, type FakeChannel } from './tabs.ts'

export const queue = queueName('https://ue.example/', 'k')

interface Tab {
  journal: FakeJournal
  database: FakeDatabase
  channel: FakeChannel
  /** What happened, a line each. */
  told: string[]
  /** What only helps to debug, a line each. */
  log: string[]
  /** Ends as a crash does: nothing that it has begun goes on. */
  crash(): void
}
export interface DeliveryTab extends Tab, Delivery {
  line: Line
  /** For each request that ended: whether somebody has answered it. */
  requestEnds: boolean[]
  /** Enqueues messages. An id that begins with `i` is an identify call. */
  add(...ids: string[]): void
}
export interface OutboxTab extends Tab, Outbox {
  /** Makes entries of messages, persists them and puts them at the end. */
  add(...ids: string[]): Entry[]
  /** The ids of those that wait, in order. */
  ids(): string[]
}

/** What a tab has of its own, in place of the site's. */
type Given = Partial<
  DeliverySettings & Omit<DeliveryPorts, 'storage'> & { storage: Partial<DeviceStorage> | undefined }
> & {
  trouble?: Troubles
  isTopLevel?: boolean
  document?: number
  /** The page is prerendered: it does not begin by itself. */
  isPrerendered?: boolean
}

export interface Site {
  clock: Clock
  /** What is stored, whoever stored it. */
  stored: { journal: Map<string, string>; database: Map<string, string> }
  /** The names of the locks that some tab holds. */
  locks: Set<string>
  /** One for each tab that watches what others write to the journal. */
  watchers: ReadonlySet<unknown>
  retryAfter: RetryAfterStore
  /** A tab's outbox, begun as far as it does so without waiting. */
  outbox(given?: Given): Promise<OutboxTab>
  /** A tab's delivery, over a line that answers as the script says. */
  open(script?: Script, given?: Given): DeliveryTab
}

/** A site: its tabs share one clock, one storage, their locks and channels. */
export function createSite(): Site {
  const clock = createClock()
  const stored = { journal: new Map<string, string>(), database: new Map<string, string>() }
  const watchers = new Set<(key: string) => void>()
  const locks = createLocks(clock)
  const channels = createChannels()
  let span = { from: 0, until: 0 }
  const retryAfter: RetryAfterStore = {
    remainingMs: () => remainingMs(span, clock.now()),
    set(ms) {
      span = { from: clock.now(), until: clock.now() + ms }
    },
  }
  let tabs = 0

  function createTab(given: Given): Tab & { storage: DeviceStorage | undefined; time: Time } {
    const journal = createJournal(stored.journal, watchers)
    const database = createDatabase(stored.database, given.trouble)
    const died = new AbortController()
    const channel = channels.ofTab(given.queue ?? queue, died.signal)
    const number = tabs++
    /** Nothing that a dead tab waits for ever comes. */
    const untilDeath = <T>(promise: Promise<T>): Promise<T> =>
      promise.finally(() => (died.signal.aborted ? new Promise(() => {}) : undefined))
    const storage = {
      journal,
      database: {
        write: (puts, deletes) => untilDeath(database.write(puts, deletes)),
        keys: () => untilDeath(database.keys()),
        read: (prefix, after, limit) => untilDeath(database.read(prefix, after, limit)),
        trim: (prefix, max, isSpared) => untilDeath(database.trim(prefix, max, isSpared)),
      },
      locks: locks.ofTab(died.signal),
      openChannel: channel.open,
      page: { document: given.document ?? number, isTopLevel: given.isTopLevel ?? true },
    } satisfies DeviceStorage
    return {
      journal,
      database,
      channel,
      told: [],
      log: [],
      storage: 'storage' in given ? given.storage && { ...storage, ...given.storage } : storage,
      time: {
        now: clock.now,
        monotonic: clock.monotonic,
        random: () => number / 64,
        pause: (ms, signal) => untilDeath(clock.pause(ms, signal)),
      },
      crash() {
        died.abort()
        journal.isFull = true
        journal.erase = () => {}
      },
    }
  }

  const settings: DeliverySettings = {
    queue,
    maxMessages: 1000,
    maxAgeMs: 168 * hour,
    timeoutMs: 10_000,
    atExit: 'resend',
    blockedBy: () => undefined,
  }

  return {
    clock,
    stored,
    locks: locks.held,
    watchers,
    retryAfter,
    async outbox(given = {}) {
      const tab = createTab(given)
      const { told, log } = tab
      const outbox = createOutbox(
        tab.storage,
        given.time ?? tab.time,
        { ...settings, ...given },
        {
          inFlight: () => [...outbox.entries()].filter(({ state }) => state === 'sending').length,
          onClaimed: (entries) => void told.push(`claimed ${entries.map(({ message }) => idOf(message))}`),
          onEvicted(entries) {
            for (const entry of entries) {
              told.push(`evicted ${idOf(entry.message)}`)
              outbox.remove(entry)
            }
          },
          onDroppedElsewhere: (entries) => {
            for (const { message } of entries) told.push(`dropped elsewhere ${idOf(message)}`)
          },
          onCleared: () => void told.push('cleared'),
          onRetryAfter: (ms) => void told.push(`retry after ${ms}`),
          log: createLog((text) => void log.push(text)),
        },
      )
      void outbox.begin()
      await settled()
      return {
        ...tab,
        ...outbox,
        add: (...ids) =>
          ids.map((id) => {
            const entry = outbox.capture(messageOf(id))
            outbox.persist(entry)
            outbox.enqueue(entry)
            return entry
          }),
        ids: () => [...outbox.entries()].map(({ message }) => idOf(message)),
      }
    },
    open(script = [], given = {}) {
      const tab = createTab(given)
      const { told, log } = tab
      const line = createLine(script, told)
      const requestEnds: boolean[] = []
      const { isPrerendered, trouble: _, isTopLevel: _1, document: _2, storage: _3, ...own } = given
      const delivery = createDelivery(
        {
          storage: tab.storage,
          enrich: { withKnown: (message) => message, whenReady: async () => {} },
          worker: undefined,
          send: line.send,
          retryAfter,
          connection: { isOffline: () => false, whenOnline: async () => {} },
          time: tab.time,
          ...own,
        },
        { ...settings, ...given },
        {
          onDelivered: (message) => void told.push(`delivered ${idOf(message)}`),
          onDropped: (message, { reason, status }) =>
            void told.push(['dropped', idOf(message), reason, ...(status ? [status] : [])].join(' ')),
          onRetry: (message, _, waitMs) => void told.push(`retrying ${idOf(message)} in ${waitMs}`),
          onSetAside: (message, waitMs) => void told.push(`set aside ${idOf(message)} for ${waitMs}`),
          onMisconfigured: ({ status }, waitMs) =>
            void told.push(`misconfigured ${status}, again in ${waitMs}`),
          onRequestEnd: (isAnswered) => void requestEnds.push(isAnswered),
          log: createLog((text) => void log.push(text)),
          onBug: (error) => void told.push(`bug: ${error}`),
        },
      )
      if (!isPrerendered) delivery.begin()
      return {
        ...tab,
        ...delivery,
        line,
        requestEnds,
        add(...ids) {
          for (const id of ids) delivery.enqueue(messageOf(id))
        },
      }
    },
  }
}
