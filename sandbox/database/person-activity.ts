import type { Hour, Moment } from '../api-types.ts'
import type { Database } from './connection.ts'

/** The activity of a person: the newest moments, and counts by hour. */
export function createPersonActivity(db: Database) {
  const newest = db.prepare(
    `SELECT * FROM (
       SELECT * FROM (SELECT 'track' AS type, id, name, timestamp, data FROM events
         WHERE user = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?2)
       UNION ALL
       SELECT * FROM (SELECT 'page' AS type, id, NULL AS name, timestamp, data FROM page_views
         WHERE user = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?2))
     ORDER BY timestamp DESC, id DESC LIMIT ?2`,
  )
  const hours = db.prepare(
    `SELECT hour, sum(events) AS events, sum(views) AS views FROM (
       SELECT substr(timestamp, 1, 13) AS hour, count(*) AS events, 0 AS views FROM events WHERE user = ?1 GROUP BY 1
       UNION ALL
       SELECT substr(timestamp, 1, 13), 0, count(*) FROM page_views WHERE user = ?1 GROUP BY 1)
     GROUP BY hour ORDER BY hour`,
  )

  return {
    /** The newest first. */
    newest: (user: number, limit: number): Moment[] =>
      (newest.all(user, limit) as (Moment & { data: string })[]).map((moment) => ({
        ...moment,
        data: JSON.parse(moment.data),
      })),
    /** The hours with activity, oldest first. */
    hours: (user: number): Hour[] => hours.all(user) as Hour[],
  }
}
