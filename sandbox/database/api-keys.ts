import { randomUUID } from 'node:crypto'
import type { ApiKey } from '../api-types.ts'
import type { Database } from './connection.ts'

/** The keys of the apps: "You can generate and revoke keys for your app". */
export function createApiKeys(db: Database) {
  const ofApp = db.prepare('SELECT key, revoked, created_at FROM api_keys WHERE app = ? ORDER BY id DESC')
  const insert = db.prepare('INSERT INTO api_keys (key, app, created_at) VALUES (?, ?, ?)')
  const makeNewest = db.prepare('UPDATE apps SET api_key = ? WHERE id = ?')
  const setRevoked = db.prepare('UPDATE api_keys SET revoked = ? WHERE app = ? AND key = ?')

  /** Adds a key. The list of apps shows the newest key of each app. */
  function add(app: string, key: string): ApiKey {
    const createdAt = new Date().toISOString()
    insert.run(key, app, createdAt)
    makeNewest.run(key, app)
    return { key, revoked: false, createdAt }
  }

  return {
    add,
    generate: (app: string): ApiKey => db.transaction(() => add(app, randomUUID())),
    /** Revokes or restores a key. Returns `false` if the app has no such key. */
    revoke: (app: string, key: string, revoked: boolean): boolean =>
      setRevoked.run(Number(revoked), app, key).changes > 0,
    /** The newest first. */
    list: (app: string): ApiKey[] =>
      (ofApp.all(app) as { key: string; revoked: number; created_at: string | null }[]).map(
        ({ key, revoked, created_at }) => ({ key, revoked: revoked === 1, createdAt: created_at }),
      ),
  }
}
