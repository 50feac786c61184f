import type { ValueType } from '../../protocol/values/convert.ts'
import type { Database } from './connection.ts'

/** Whose attributes the sandbox itself applies and shows. */
export const contentTypes = ['clientuser', 'company', 'event'] as const
/** Whose attribute a definition is, by UserEngage's REST API, which cannot define those of events. */
export const restContentTypes = ['activity', 'clientuser', 'company', 'deal', 'product', 'ticket'] as const
export type ContentType = (typeof contentTypes)[number] | (typeof restContentTypes)[number]

/** An attribute as it is defined. `event` names the event whose attribute it is; empty: that of every event. */
export interface Definition {
  id: number
  content_type: ContentType
  event: string
  name: string
  value_type: ValueType
  choices: string[]
}

export type Definitions = ReturnType<typeof createDefinitions>

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

  const get = (app: string, type: ContentType, event: string, name: string): Definition | undefined => {
    const row = one.get(app, type, event, name)
    return row ? toDefinition(row) : undefined
  }

  return {
    /** The definition that holds for an attribute: that of its event before that of every event. */
    find: (app: string, type: ContentType, event: string, name: string): Definition | undefined =>
      get(app, type, event, name) ?? (event ? get(app, type, '', name) : undefined),

    /** Defines an attribute, or changes the type of one that is defined. */
    define(app: string, definition: Omit<Definition, 'id'>): Definition {
      const { content_type, event, name, value_type, choices } = definition
      upsert.run(app, content_type, event, name, value_type, JSON.stringify(choices))
      return toDefinition(one.get(app, content_type, event, name))
    },

    all: (app: string): Definition[] => all.all(app).map(toDefinition),

    /** `true` where the event was not defined yet. */
    defineEvent: (app: string, name: string): boolean => defineEvent.run(app, name).changes > 0,

    /** Events with how often they occurred and what their attributes are called. */
    events: (app: string): { name: string; count: number; attributes: string[] }[] =>
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
