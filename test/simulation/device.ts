import { byKey, expendable } from '../../lib/delivery/entry-key.ts'
import type { DeviceStorage, Journal, Release, TabLocks, Time } from '../../lib/delivery/ports.ts'
import type { TabMessage } from '../../lib/delivery/tab-message.ts'
import type { Owner, World } from './world.ts'

/** The visitor's device: what all tabs of the site share, and what may go wrong with it. */
export interface Device {
  journal: Map<string, string>
  database: Map<string, string>
  journalMode: 'works' | 'full'
  databaseMode: 'works' | 'fails' | 'silent'
  /** All that ever went wrong with it. */
  troubles: Set<'full' | 'fails' | 'silent' | 'cleared' | 'killed'>
  /** Messages that a page dropped for want of room and could not tell of, because it ended meanwhile. */
  untold: Set<string>
  /** By name of the lock. */
  holders: Map<string, Owner>
  /** A tab's access to all this. */
  open(owner: Owner, document: number): DeviceStorage
  /** The site, or the visitor, clears everything. */
  clear(): void
  /** The browser is killed: it had not written to disk what the journal got of late. */
  losePower(): void
  killedAt: number[]
  /** Messages that the journal has again, because what it had erased was not on the disk. */
  cameBack: Set<string>
  /** Messages that only the journal had as the browser was killed. */
  lostWithJournal: Set<string>
  /** A tab is dead or has left: the browser frees its locks. */
  freeLocks(owner: Owner): void
}

/** For how long a browser keeps what the journal got in memory, in milliseconds. */
const unflushedMs = 5000

const idOf = (text: string): string => (JSON.parse(text) as { messageId: string }).messageId

export function createDevice(world: World): Device {
  const { random } = world
  const watchers = new Set<{ owner: Owner; onWrite(key: string): void }>()
  const listeners = new Set<{ owner: Owner; onMessage(message: TabMessage): void }>()
  const waiting: { name: string; owner: Owner; grant(release: Release | undefined): void }[] = []
  const latency = (): number => random.between(1, 5)
  /** What the journal had before each change. */
  const changes: { at: number; key: string; before: string | undefined }[] = []

  const device: Device = {
    journal: new Map(),
    database: new Map(),
    journalMode: 'works',
    databaseMode: 'works',
    troubles: new Set(),
    untold: new Set(),
    holders: new Map(),
    open: (owner, document) => ({
      journal: openJournal(owner),
      database: openDatabase(owner),
      locks: openLocks(owner),
      openChannel(onMessage) {
        const listener = { owner, onMessage }
        listeners.add(listener)
        return {
          post(message) {
            for (const other of listeners) {
              if (other !== listener)
                world.after(1, () => listeners.has(other) && other.onMessage(message), other.owner)
            }
          },
          close: () => void listeners.delete(listener),
        }
      },
      page: { document, isTopLevel: true },
    }),
    killedAt: [],
    lostWithJournal: new Set(),
    cameBack: new Set(),
    losePower() {
      device.killedAt.push(world.monotonic())
      const before = new Map(device.journal)
      for (
        let last = changes.pop();
        last && last.at > world.monotonic() - unflushedMs;
        last = changes.pop()
      ) {
        if (last.before === undefined) device.journal.delete(last.key)
        else device.journal.set(last.key, last.before)
      }
      changes.length = 0
      for (const [key, text] of device.journal) {
        if (text.startsWith('{') && before.get(key) !== text) device.cameBack.add(idOf(text))
      }
      for (const [key, text] of before) {
        if (text === '' || device.journal.has(key) || device.database.has(key)) continue
        device.lostWithJournal.add(idOf(text))
      }
    },
    clear() {
      device.journal.clear()
      device.database.clear()
    },
    freeLocks(owner) {
      for (const [name, holder] of device.holders) if (holder === owner) device.holders.delete(name)
      for (const listener of listeners)
        if (listener.owner === owner && owner.state === 'dead') listeners.delete(listener)
      grantNext()
    },
  }

  function openJournal(owner: Owner): Journal {
    const size = (): number => {
      let sum = 0
      for (const [key, text] of device.journal) sum += key.length + text.length
      return sum
    }
    return {
      write(key, text) {
        if (device.journalMode === 'full' || size() > 1_000_000) return false
        changes.push({ at: world.monotonic(), key, before: device.journal.get(key) })
        device.journal.set(key, text)
        for (const watcher of watchers) {
          if (watcher.owner !== owner)
            world.after(2, () => watchers.has(watcher) && watcher.onWrite(key), watcher.owner)
        }
        return true
      },
      read: (key) => device.journal.get(key),
      erase(key) {
        changes.push({ at: world.monotonic(), key, before: device.journal.get(key) })
        device.journal.delete(key)
      },
      keys: (prefix) => [...device.journal.keys()].filter((key) => key.startsWith(prefix)),
      isOverfull: () => size() > 100_000,
      watch(signal, onWrite) {
        const watcher = { owner, onWrite }
        watchers.add(watcher)
        signal.addEventListener('abort', () => watchers.delete(watcher))
      },
    }
  }

  /** Each request is over before the next begins. What a tab asked for before it died may still happen. */
  function openDatabase(owner: Owner): DeviceStorage['database'] {
    const request = <T>(work: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        const mode = device.databaseMode
        if (mode === 'silent') return
        world.after(latency(), () => {
          if (owner.state === 'dead' && random.chance(0.5)) return
          if (mode === 'fails') world.after(0, () => reject(new Error('no room on the disk')), owner)
          else {
            const result = work()
            world.after(1, () => resolve(result), owner)
          }
        })
      })
    let opening: Promise<void> | undefined
    /** A frozen page learns only as it thaws that the database is open. */
    const opened = (): Promise<void> => {
      opening ??= new Promise((resolve) => world.after(latency(), resolve, owner))
      return opening
    }
    const under = (prefix: string): [string, string][] =>
      [...device.database].filter(([key]) => key.startsWith(prefix)).sort(byKey)
    return {
      async write(puts, deletes) {
        await opened()
        const [putsNow, deletesNow] = [[...puts], [...deletes]]
        return request(() => {
          for (const key of deletesNow) device.database.delete(key)
          for (const [key, text] of putsNow) device.database.set(key, text)
        })
      },
      async keys() {
        // Where there is no database yet, none is made.
        if (device.database.size > 0) await opened()
        return request(() => under('userengage:1:').map(([key]) => key))
      },
      read: (prefix, after, limit) =>
        request(() =>
          under(prefix)
            .filter(([key]) => key > after)
            .slice(0, limit),
        ),
      trim: (prefix, max, isSpared) =>
        request(() => {
          const all = under(prefix)
          const going = expendable(
            all.map(([key]) => key).filter((key) => !isSpared(key)),
            Math.max(all.length - max, 0),
          )
          const keys = going.filter((key) => device.database.get(key) !== '')
          return keys.map((key): [string, string] => {
            const text = device.database.get(key) ?? ''
            device.database.delete(key)
            const messageId = idOf(text)
            world.after(2, () => owner.state !== 'running' && device.untold.add(messageId))
            return [key, text]
          })
        }),
    }
  }

  function openLocks(owner: Owner): TabLocks {
    const acquire = (name: string): Promise<Release | undefined> =>
      new Promise((resolve) => {
        world.after(1, () => {
          if (owner.state === 'dead') return
          const release = device.holders.has(name) ? undefined : hold(name, owner)
          world.after(0, () => resolve(release), owner)
        })
      })
    /** A busy page learns late that it may have locks at all. Nobody is frozen in so short a time. */
    const acquireLate = async (name: string, leftMs: number): Promise<Release | undefined> => {
      if (leftMs < 0 || owner.state !== 'running') return acquire(name)
      await new Promise<void>((resolve) => world.after(10, resolve))
      return acquireLate(name, leftMs - 10)
    }
    return {
      acquireNew: (name) => (random.chance(0.2) ? acquireLate(name, random.between(1, 300)) : acquire(name)),
      acquire,
      whenGranted: () => new Promise((resolve) => world.after(100, resolve, owner)),
      acquireWithin: (name, timeoutMs) =>
        new Promise((resolve) => {
          const request = { name, owner, grant: resolve }
          waiting.push(request)
          world.after(1, grantNext)
          world.after(timeoutMs, () => {
            const at = waiting.indexOf(request)
            if (at < 0) return
            waiting.splice(at, 1)
            resolve(undefined)
          })
        }),
    }
  }

  function hold(name: string, owner: Owner): Release {
    device.holders.set(name, owner)
    return () => {
      if (device.holders.get(name) === owner) device.holders.delete(name)
      world.after(1, grantNext)
    }
  }

  function grantNext(): void {
    for (const request of waiting.splice(0)) {
      if (request.owner.state === 'dead') continue
      if (device.holders.has(request.name)) waiting.push(request)
      else {
        const release = hold(request.name, request.owner)
        world.after(0, () => request.grant(release), request.owner)
      }
    }
  }

  return device
}

/** A tab's clocks and timers. */
export const timeOf = (world: World, owner: Owner): Time => ({
  now: world.now,
  monotonic: world.monotonic,
  random: world.random.next,
  pause: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve()
        return
      }
      const end = (): void => {
        signal?.removeEventListener('abort', end)
        resolve()
      }
      signal?.addEventListener('abort', end)
      if (ms !== Number.POSITIVE_INFINITY) world.after(ms, end, owner)
    }),
})
