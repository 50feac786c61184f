import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { connect, type Database } from './connection.ts'

/** Each entry takes the database one version further; an entry that was released is never changed. */
const migrations = [
  `CREATE TABLE apps (
     id TEXT PRIMARY KEY, name TEXT NOT NULL, api_key TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE,
     revoked INTEGER NOT NULL DEFAULT 0, domains TEXT NOT NULL DEFAULT '[]', faults TEXT NOT NULL DEFAULT '[]'
   );
   CREATE TABLE messages (
     id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, received_at TEXT NOT NULL, status INTEGER NOT NULL,
     repeated INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, is_json INTEGER NOT NULL,
     changes TEXT NOT NULL
   );
   CREATE INDEX messages_of_app ON messages (app, id);
   CREATE TABLE seen (app TEXT NOT NULL, message_id TEXT NOT NULL, PRIMARY KEY (app, message_id)) WITHOUT ROWID;
   CREATE TABLE users (
     id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, custom_id TEXT NOT NULL,
     page_views INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT, UNIQUE (app, custom_id)
   );
   CREATE TABLE companies (
     id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, custom_id TEXT NOT NULL, UNIQUE (app, custom_id)
   );
   CREATE TABLE members (
     company INTEGER NOT NULL, user INTEGER NOT NULL, since TEXT NOT NULL, PRIMARY KEY (company, user)
   ) WITHOUT ROWID;
   CREATE INDEX members_by_user ON members (user);
   CREATE TABLE attributes (
     owner_type TEXT NOT NULL, owner INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
     PRIMARY KEY (owner_type, owner, name)
   ) WITHOUT ROWID;
   CREATE TABLE definitions (
     id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, content_type TEXT NOT NULL,
     event TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, value_type TEXT NOT NULL, choices TEXT,
     UNIQUE (app, content_type, event, name)
   );
   CREATE TABLE event_definitions (app TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (app, name)) WITHOUT ROWID;
   CREATE TABLE events (
     id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, user INTEGER NOT NULL, name TEXT NOT NULL,
     timestamp TEXT NOT NULL, data TEXT NOT NULL
   );
   CREATE INDEX events_by_name ON events (app, name, timestamp);
   CREATE INDEX events_by_user ON events (user, timestamp);
   CREATE TABLE page_views (
     id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER NOT NULL, timestamp TEXT NOT NULL, data TEXT NOT NULL
   );
   CREATE INDEX page_views_by_user ON page_views (user, timestamp);
   INSERT INTO apps (id, name, api_key, token) VALUES ('demo', 'Demo shop', 'demo', 'demo-token');`,
]

/**
 * Opens the database and brings it to the newest version. Its folder is made where it is missing.
 *
 * @param file a path, or `:memory:`
 * @throws where the file cannot be opened or was written by a newer version
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = connect(file)
  db.prepare('PRAGMA busy_timeout = 5000').get()
  db.prepare('PRAGMA journal_mode = WAL').get()
  // What is in the log survives the process; only a power cut can take the last commits.
  db.exec('PRAGMA synchronous = NORMAL')
  migrate(db)
  return db
}

function migrate(db: Database): void {
  const version = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
  if (version > migrations.length) throw new Error('it was written by a newer version of the sandbox')
  migrations.slice(version).forEach((migration, index) => {
    db.transaction(() => {
      db.exec(migration)
      db.exec(`PRAGMA user_version = ${version + index + 1}`)
    })
  })
}
