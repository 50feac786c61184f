/**
 * The version of the database with which the REST API came: a user may have no id of the customer's, values know which
 * way they came, and products, tags, tokens and a log of REST requests have their tables.
 */
export const restTables = `
  CREATE TABLE users_of_rest (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, custom_id TEXT,
    user_key TEXT NOT NULL DEFAULT (lower(hex(randomblob(6)))), status TEXT NOT NULL DEFAULT 'visitor',
    page_views INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (app, custom_id), UNIQUE (app, user_key)
  );
  INSERT INTO users_of_rest (id, app, custom_id, page_views, first_seen, last_seen, created_at)
    SELECT id, app, custom_id, page_views, first_seen, last_seen, first_seen FROM users;
  DROP TABLE users;
  ALTER TABLE users_of_rest RENAME TO users;
  CREATE INDEX users_by_last_seen ON users (app, coalesce(last_seen, first_seen), id);
  CREATE INDEX users_of_app ON users (app, id);

  CREATE TABLE companies_of_rest (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, custom_id TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (app, custom_id)
  );
  INSERT INTO companies_of_rest (id, app, custom_id) SELECT id, app, custom_id FROM companies;
  DROP TABLE companies;
  ALTER TABLE companies_of_rest RENAME TO companies;
  CREATE INDEX companies_of_app ON companies (app, id);

  ALTER TABLE attributes ADD COLUMN source TEXT NOT NULL DEFAULT 'segment';
  CREATE INDEX attributes_searched ON attributes (name, value)
    WHERE owner_type = 'user' AND name IN ('email', 'phone_number');

  CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (app, name)
  );
  CREATE TABLE tagged (
    owner_type TEXT NOT NULL, owner INTEGER NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY (owner_type, owner, tag)
  ) WITHOUT ROWID;

  CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, custom_id TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (app, custom_id)
  );
  CREATE INDEX products_of_app ON products (app, id);
  CREATE TABLE product_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER NOT NULL, product INTEGER NOT NULL, event_type TEXT NOT NULL,
    timestamp TEXT NOT NULL, custom_data TEXT NOT NULL
  );
  CREATE INDEX product_events_by_user ON product_events (user, timestamp);
  CREATE INDEX product_events_by_product ON product_events (product, timestamp);

  CREATE TABLE tokens (
    token TEXT PRIMARY KEY, app TEXT NOT NULL, scope TEXT NOT NULL DEFAULT 'full', created_at TEXT
  ) WITHOUT ROWID;
  INSERT INTO tokens (token, app) SELECT token, id FROM apps;
  CREATE INDEX tokens_of_app ON tokens (app);
  ALTER TABLE apps ADD COLUMN rest_switches TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE apps ADD COLUMN rest_faults TEXT NOT NULL DEFAULT '[]';
  CREATE TABLE rest_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, received_at TEXT NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, is_json INTEGER NOT NULL,
    changes TEXT NOT NULL, answer TEXT NOT NULL
  );
  CREATE INDEX rest_requests_of_app ON rest_requests (app, id);`
