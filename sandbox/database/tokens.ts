import { randomUUID } from 'node:crypto'
import type { Scope, Token } from '../rest-types.ts'
import type { Database } from './connection.ts'

/** The tokens of the apps for the REST API. */
export function createTokens(db: Database) {
  const insert = db.prepare('INSERT INTO tokens (token, app, scope, created_at) VALUES (?, ?, ?, ?)')
  const get = db.prepare('SELECT app, scope FROM tokens WHERE token = ?')
  const ofApp = db.prepare(
    'SELECT token, scope, created_at FROM tokens WHERE app = ? ORDER BY created_at, token',
  )

  return {
    add(app: string, scope: Scope): Token {
      const token: Token = { token: randomUUID(), scope, createdAt: new Date().toISOString() }
      insert.run(token.token, app, scope, token.createdAt)
      return token
    },
    find: (token: string): { app: string; scope: Scope } | undefined =>
      get.get(token) as { app: string; scope: Scope } | undefined,
    list: (app: string): Token[] =>
      (ofApp.all(app) as { token: string; scope: Scope; created_at: string | null }[]).map(
        ({ token, scope, created_at }) => ({ token, scope, createdAt: created_at }),
      ),
  }
}
