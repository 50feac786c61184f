import type { Owner } from './attributes.ts'
import type { Database } from './connection.ts'

export interface Tag {
  id: number
  name: string
}

/** Tags of users and companies: a request to the REST API only adds them, and creates those that are new. */
export function createTags(db: Database) {
  const insert = db.prepare('INSERT OR IGNORE INTO tags (app, name) VALUES (?, ?)')
  const attach = db.prepare(
    `INSERT OR IGNORE INTO tagged (owner_type, owner, tag)
     SELECT ?, ?, id FROM tags WHERE app = ? AND name = ?`,
  )
  const of = db.prepare(
    'SELECT id, name FROM tagged JOIN tags ON id = tag WHERE owner_type = ? AND owner = ? ORDER BY id',
  )

  return {
    /** `true` where the tag was not there yet. */
    add(app: string, type: Owner, owner: number, name: string): boolean {
      insert.run(app, name)
      return attach.run(type, owner, app, name).changes > 0
    },
    of: (type: Owner, owner: number): Tag[] => of.all(type, owner) as Tag[],
  }
}
