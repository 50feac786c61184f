import type { Usage, UsedDefinition } from '../api-types.ts'
import type { ContentType } from '../rules/definition.ts'
import type { Database } from './connection.ts'
import type { Definition } from './definitions.ts'

/** Counting every occurrence would take longer with each message, so only the newest count. */
const newestOccurrences = 200

/** Counts the values of attributes, for the settings that define them. */
export function createUsage(db: Database) {
  const holders = {
    clientuser: counts('user', 'users'),
    company: counts('company', 'companies'),
  }
  const ofEvent = db.prepare(
    `SELECT data FROM events WHERE app = ? AND name = ? ORDER BY timestamp DESC LIMIT ${newestOccurrences}`,
  )
  const ofAnyEvent = db.prepare(
    `SELECT data FROM events WHERE app = ? ORDER BY id DESC LIMIT ${newestOccurrences}`,
  )

  function counts(owner: string, table: string) {
    const total = db.prepare(`SELECT count(*) AS count FROM ${table} WHERE app = ?`)
    const byName = db.prepare(
      `SELECT name, count(*) AS count FROM ${table} o
       JOIN attributes ON owner_type = '${owner}' AND owner = o.id WHERE o.app = ? GROUP BY name`,
    )
    return (app: string) => {
      const rows = byName.all(app) as { name: string; count: number }[]
      const used = new Map(rows.map(({ name, count }) => [name, count]))
      const of = (total.get(app) as { count: number }).count
      return ({ name }: Definition): Usage => ({ used: used.get(name) ?? 0, of })
    }
  }

  function occurrences(app: string) {
    const tallies = new Map<string, { used: Map<string, number>; of: number }>()
    const tallyOf = (event: string) => {
      const known = tallies.get(event)
      if (known) return known
      const rows = (event ? ofEvent.all(app, event) : ofAnyEvent.all(app)) as { data: string }[]
      const used = new Map<string, number>()
      for (const { data } of rows)
        for (const name of Object.keys(JSON.parse(data))) used.set(name, (used.get(name) ?? 0) + 1)
      tallies.set(event, { used, of: rows.length })
      return { used, of: rows.length }
    }
    return ({ name, event }: Definition): Usage => {
      const { used, of } = tallyOf(event)
      return { used: used.get(name) ?? 0, of }
    }
  }

  /** Adds the usage to definitions, all of one `content_type`. */
  return (app: string, type: ContentType, definitions: Definition[]): UsedDefinition[] => {
    const usageOf = type === 'event' ? occurrences(app) : holders[type](app)
    return definitions.map((definition) => ({
      ...definition,
      content_type: type,
      usage: usageOf(definition),
    }))
  }
}
