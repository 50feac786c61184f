import type { Database } from './connection.ts'

/** The activity of users: occurrences of events, and page views. */
export function createActivity(db: Database) {
  const insertEvent = db.prepare(
    'INSERT INTO events (app, user, name, timestamp, data) VALUES (?, ?, ?, ?, ?)',
  )
  const insertView = db.prepare('INSERT INTO page_views (user, timestamp, data) VALUES (?, ?, ?)')
  const events = db.prepare(
    'SELECT id, name, timestamp, data FROM events WHERE user = ? ORDER BY timestamp, id',
  )
  const views = db.prepare('SELECT id, timestamp, data FROM page_views WHERE user = ? ORDER BY timestamp, id')

  return {
    /** Returns the id of the occurrence. */
    addEvent: (app: string, user: number, name: string, timestamp: string, data: object): number =>
      Number(insertEvent.run(app, user, name, timestamp, JSON.stringify(data)).lastInsertRowid),

    /** Returns the id of the page view. */
    addView: (user: number, timestamp: string, data: object): number =>
      Number(insertView.run(user, timestamp, JSON.stringify(data)).lastInsertRowid),

    /** Oldest first. `timestamp` is in UNIX seconds, as in the public API. */
    events: (user: number) =>
      (events.all(user) as { id: number; name: string; timestamp: string; data: string }[]).map(
        ({ id, name, timestamp, data }) => ({
          id,
          name,
          timestamp: Math.floor(Date.parse(timestamp) / 1000),
          data: JSON.parse(data) as object,
        }),
      ),

    /** Oldest first. `timestamp` is ISO 8601, as in the public API. */
    views: (user: number) =>
      (views.all(user) as { id: number; timestamp: string; data: string }[]).map(
        ({ id, timestamp, data }) => ({
          id,
          client: user,
          ...(JSON.parse(data) as object),
          timestamp,
        }),
      ),
  }
}
