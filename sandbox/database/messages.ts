import type { Entry } from '../api-types.ts'
import type { Database } from './connection.ts'

/** A request that was answered, before it has an id in the log. */
export type Received = Omit<Entry, 'id'>

export function createMessages(db: Database) {
  const insert = db.prepare(
    `INSERT INTO messages (app, received_at, status, repeated, headers, body, is_json, changes, answer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const list = db.prepare('SELECT * FROM messages WHERE app = ? AND id > ? ORDER BY id LIMIT ?')
  const newest = db.prepare('SELECT * FROM messages WHERE app = ? ORDER BY id DESC LIMIT ?')
  const insertSeen = db.prepare('INSERT OR IGNORE INTO seen (app, message_id) VALUES (?, ?)')
  const listeners = new Map<string, Set<() => void>>()

  return {
    /** Remembers a `messageId` as applied. Returns `false` if it was applied before. */
    markApplied: (app: string, messageId: string): boolean => insertSeen.run(app, messageId).changes > 0,

    /** Adds a request to the log. */
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

    /** Calls the listeners of an app. Call it after the commit: each listener reads the log at once. */
    notify(app: string): void {
      for (const listener of listeners.get(app) ?? []) listener()
    },

    /** The entries after the id `after`, oldest first. A `limit` of -1 means all. */
    list: (app: string, after = 0, limit = -1): Entry[] => list.all(app, after, limit).map(toEntry),

    /** The newest `limit` entries, oldest first. */
    newest: (app: string, limit: number): Entry[] => newest.all(app, limit).map(toEntry).reverse(),

    /** Calls `listener` after each message that this process receives. Returns a function that ends it. */
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
