import type { Database } from './connection.ts'

/** Moves what belongs to one user to another, and forgets the first. Values of the other stay before those that come. */
export function createMerge(db: Database) {
  const statements = [
    'UPDATE events SET user = ?1 WHERE user = ?2',
    'UPDATE page_views SET user = ?1 WHERE user = ?2',
    'UPDATE product_events SET user = ?1 WHERE user = ?2',
    'INSERT OR IGNORE INTO members (company, user, since) SELECT company, ?1, since FROM members WHERE user = ?2',
    `INSERT OR IGNORE INTO attributes (owner_type, owner, name, value, source)
     SELECT owner_type, ?1, name, value, source FROM attributes WHERE owner_type = 'user' AND owner = ?2`,
    `INSERT OR IGNORE INTO tagged (owner_type, owner, tag)
     SELECT owner_type, ?1, tag FROM tagged WHERE owner_type = 'user' AND owner = ?2`,
    `UPDATE users SET
       page_views = page_views + (SELECT page_views FROM users WHERE id = ?2),
       first_seen = min(first_seen, (SELECT first_seen FROM users WHERE id = ?2)),
       last_seen = coalesce(max(last_seen, (SELECT last_seen FROM users WHERE id = ?2)),
         last_seen, (SELECT last_seen FROM users WHERE id = ?2))
     WHERE id = ?1`,
  ].map((sql) => db.prepare(sql))
  const forget = [
    'DELETE FROM events WHERE user = ?1',
    'DELETE FROM page_views WHERE user = ?1',
    'DELETE FROM product_events WHERE user = ?1',
    'DELETE FROM members WHERE user = ?1',
    "DELETE FROM attributes WHERE owner_type = 'user' AND owner = ?1",
    "DELETE FROM tagged WHERE owner_type = 'user' AND owner = ?1",
    'DELETE FROM users WHERE id = ?1',
  ].map((sql) => db.prepare(sql))
  const giveId = db.prepare('UPDATE users SET custom_id = ? WHERE id = ? AND custom_id IS NULL')

  /** Forgets a user with all that was recorded of it. */
  function remove(user: number): void {
    for (const statement of forget) statement.run(user)
  }

  return {
    remove,
    /** @param customId of the one that goes: the other takes it where it has none */
    into(parent: number, user: number, customId: string | null): void {
      for (const statement of statements) statement.run(parent, user)
      remove(user)
      giveId.run(customId, parent)
    },
  }
}
