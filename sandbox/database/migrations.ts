import type { Database } from './connection.ts'
import { restTables } from './rest-tables.ts'

/** Each entry takes the database one version further; an entry that was released is never changed. */
const versions: string[] = [
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
  // Lists of users: who did an event how often, and who was here last. And what a message was answered.
  `CREATE INDEX events_of_user_by_name ON events (user, name, timestamp);
   CREATE INDEX users_by_last_seen ON users (app, coalesce(last_seen, first_seen), id);
   ALTER TABLE messages ADD COLUMN answer TEXT;`,
  // An app has several API keys, each revoked by itself; `apps.api_key` is the one that was generated last.
  `CREATE TABLE api_keys (
     id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, app TEXT NOT NULL,
     revoked INTEGER NOT NULL DEFAULT 0, created_at TEXT
   );
   CREATE INDEX api_keys_of_app ON api_keys (app, id);
   INSERT INTO api_keys (key, app, revoked) SELECT api_key, id, revoked FROM apps ORDER BY rowid;
   ALTER TABLE apps DROP COLUMN revoked;`,
  restTables,
]

/** How many versions there are: that of a database is kept in its `user_version`. */
export const newest = versions.length

/**
 * Brings a database to the newest version, whole or not at all.
 *
 * @throws where it was written by a newer sandbox
 */
export function migrate(db: Database, to = newest): void {
  // The version is read with the right to write in hand: two sandboxes may open the same new file at once.
  db.transaction(() => {
    const version = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
    if (version > newest) throw new Error('it was written by a newer version of the sandbox')
    for (const statements of versions.slice(version, to)) db.exec(statements)
    if (version < to) db.exec(`PRAGMA user_version = ${to}`)
  })
}
