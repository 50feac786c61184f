import type { RestEntry } from '../rest-types.ts'
import type { Database } from './connection.ts'

/** The log of REST requests. */
export function createRestRequests(db: Database) {
  const insert = db.prepare(
    `INSERT INTO rest_requests (app, received_at, method, path, status, headers, body, is_json, changes, answer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const list = db.prepare('SELECT * FROM rest_requests WHERE app = ? AND id > ? ORDER BY id LIMIT ?')
  const newest = db.prepare('SELECT * FROM rest_requests WHERE app = ? ORDER BY id DESC LIMIT ?')
  const before = db.prepare('SELECT * FROM rest_requests WHERE app = ? AND id < ? ORDER BY id DESC LIMIT ?')

  return {
    log(app: string, request: Omit<RestEntry, 'id'>): void {
      const { receivedAt, method, path, status, headers, body, changes, answer } = request
      const isJson = typeof body !== 'string'
      insert.run(
        app,
        receivedAt,
        method,
        path,
        status,
        JSON.stringify(headers),
        isJson ? JSON.stringify(body) : body,
        Number(isJson),
        JSON.stringify(changes),
        JSON.stringify(answer),
      )
    },
    /** Oldest first, those after the one with the id `after`; `limit` -1 is all. */
    list: (app: string, after = 0, limit = -1): RestEntry[] => list.all(app, after, limit).map(toEntry),
    /** The `limit` newest, oldest of them first. */
    newest: (app: string, limit: number): RestEntry[] => newest.all(app, limit).map(toEntry).reverse(),
    /** The `limit` newest of those before one, oldest of them first. */
    before: (app: string, id: number, limit: number): RestEntry[] =>
      before.all(app, id, limit).map(toEntry).reverse(),
  }
}

interface Row {
  id: number
  received_at: string
  method: string
  path: string
  status: number
  headers: string
  body: string
  is_json: number
  changes: string
  answer: string
}

function toEntry(row: unknown): RestEntry {
  const { id, received_at, method, path, status, headers, body, is_json, changes, answer } = row as Row
  return {
    id,
    receivedAt: received_at,
    method,
    path,
    status,
    headers: JSON.parse(headers),
    body: is_json ? JSON.parse(body) : body,
    changes: JSON.parse(changes),
    answer: JSON.parse(answer),
  }
}
