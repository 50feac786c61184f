import type { Database } from './connection.ts'

/** The way back in the log, page by page: the ids of messages before one. */
export function createHistory(db: Database) {
  const before = db.prepare(
    'SELECT id FROM messages WHERE app = ? AND id < ? ORDER BY id DESC LIMIT 1 OFFSET ?',
  )
  const count = db.prepare('SELECT count(*) AS count FROM messages WHERE app = ?')

  return {
    /** After which id the `limit` messages before `id` begin; 0 where there are not so many. */
    startBefore: (app: string, id: number, limit: number): number =>
      (before.get(app, id, limit) as { id: number } | undefined)?.id ?? 0,
    count: (app: string): number => (count.get(app) as { count: number }).count,
  }
}
