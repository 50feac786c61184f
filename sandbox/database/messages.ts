import type { Entry } from '../api-types.ts'
import type { Database } from './connection.ts'

/** A request that was answered, before it has an id in the log. */
export type Received = Omit<Entry, 'id'>

export type Messages = ReturnType<typeof createMessages>

export function createMessages(db: Database) {
  const insert = db.prepare(
    `INSERT INTO messages (app, received_at, status, repeated, headers, body, is_json, changes, answer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const list = db.prepare('SELECT * FROM messages WHERE app = ? AND id > ? ORDER BY id LIMIT ?')
  const newest = db.prepare('SELECT * FROM messages WHERE app = ? ORDER BY id DESC LIMIT ?')
  const saw = db.prepare('INSERT OR IGNORE INTO seen (app, message_id) VALUES (?, ?)')
  const listeners = new Map<string, Set<() => void>>()

  return {
    /** Remembers that a message is applied. `false`: it was already. */
    see: (app: string, messageId: string): boolean => saw.run(app, messageId).changes > 0,

    /** Keeps what came in. */
    log(app: string, received: Received): void {
      const { receivedAt, status, repeated, headers, body, changes, answer } = received
      const isJson = typeof body !== 'string'
      insert.run(
        app,
        receivedAt,
        status,
        Number(repeated),
        JSON.stringify(headers),
        isJson ? JSON.stringify(body) : body,
        Number(isJson),
        JSON.stringify(changes),
        answer,
      )
    },

    /** Tells whoever listens that there is a message. To be called once it is committed: who is told looks for it. */
    tell(app: string): void {
      for (const listener of listeners.get(app) ?? []) listener()
    },

    /** Oldest first, those after the one with the id `after`; `limit` -1 is all. */
    list: (app: string, after = 0, limit = -1): Entry[] => list.all(app, after, limit).map(toEntry),

    /** The `limit` newest, oldest of them first. */
    newest: (app: string, limit: number): Entry[] => newest.all(app, limit).map(toEntry).reverse(),

    /** Calls `listener` whenever this process took a message. Returns what ends that. */
    listen(app: string, listener: () => void): () => void {
      const ofApp = listeners.get(app) ?? new Set()
      listeners.set(app, ofApp.add(listener))
      return () => void ofApp.delete(listener)
    },
  }
}

interface Row {
  id: number
  received_at: string
  status: number
  repeated: number
  headers: string
  body: string
  is_json: number
  changes: string
  answer: string | null
}

function toEntry(row: unknown): Entry {
  const { id, received_at, status, repeated, headers, body, is_json, changes, answer } = row as Row
  return {
    id,
    receivedAt: received_at,
    status,
    repeated: repeated === 1,
    headers: JSON.parse(headers),
    body: is_json ? JSON.parse(body) : body,
    changes: JSON.parse(changes),
    answer,
  }
}
