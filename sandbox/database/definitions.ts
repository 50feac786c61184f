import type { EventDefinition } from '../api-types.ts'
import type { AnyContentType, AttributeDefinition } from '../rules/definition.ts'
import type { Database } from './connection.ts'

/** The definition of an attribute as the database keeps it. */
export interface Definition extends Omit<AttributeDefinition, 'content_type'> {
  content_type: AnyContentType
  id: number
}

export function createDefinitions(db: Database) {
  const one = db.prepare(
    'SELECT * FROM definitions WHERE app = ? AND content_type = ? AND event = ? AND name = ?',
  )
  const all = db.prepare('SELECT * FROM definitions WHERE app = ? ORDER BY id')
  const upsert = db.prepare(
    `INSERT INTO definitions (app, content_type, event, name, value_type, choices) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value_type = excluded.value_type, choices = excluded.choices`,
  )
  const defineEvent = db.prepare('INSERT OR IGNORE INTO event_definitions (app, name) VALUES (?, ?)')
  const events = db.prepare(
    `SELECT name, (SELECT count(*) FROM events WHERE events.app = d.app AND events.name = d.name) AS count
     FROM event_definitions d WHERE app = ? ORDER BY name`,
  )
  const attributesOf = db.prepare(
    "SELECT name FROM definitions WHERE app = ? AND content_type = 'event' AND event IN ('', ?) ORDER BY id",
  )

  const get = (app: string, type: AnyContentType, event: string, name: string): Definition | undefined => {
    const row = one.get(app, type, event, name)
    return row ? toDefinition(row) : undefined
  }

  return {
    /** The definition of an attribute. The definition for one event precedes the one for every event. */
    find: (app: string, type: AnyContentType, event: string, name: string): Definition | undefined =>
      get(app, type, event, name) ?? (event ? get(app, type, '', name) : undefined),

    /** Defines an attribute, or changes the type of an existing one. */
    define(app: string, definition: Omit<Definition, 'id'>): Definition {
      const { content_type, event, name, value_type, choices } = definition
      upsert.run(app, content_type, event, name, value_type, JSON.stringify(choices))
      return toDefinition(one.get(app, content_type, event, name))
    },

    all: (app: string): Definition[] => all.all(app).map(toDefinition),

    /** Defines an event. Returns `false` if it was defined already. */
    defineEvent: (app: string, name: string): boolean => defineEvent.run(app, name).changes > 0,

    /** The defined events, each with its number of occurrences and the names of its attributes. */
    events: (app: string): EventDefinition[] =>
      (events.all(app) as { name: string; count: number }[]).map(({ name, count }) => ({
        name,
        count,
        attributes: (attributesOf.all(app, name) as { name: string }[]).map((attribute) => attribute.name),
      })),
  }
}

export function toDefinition(row: unknown): Definition {
  const { id, content_type, event, name, value_type, choices } = row as Definition & {
    choices: string | null
  }
  return { id, content_type, event, name, value_type, choices: choices ? JSON.parse(choices as string) : [] }
}
