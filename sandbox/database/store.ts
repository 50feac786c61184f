import { createActivity } from './activity.ts'
import { createApps } from './apps.ts'
import { createAttributes } from './attributes.ts'
import { createCompanies } from './companies.ts'
import { createDefinitions } from './definitions.ts'
import { createMessages } from './messages.ts'
import { openDatabase } from './open.ts'
import { createUsers } from './users.ts'

/** All that the sandbox keeps, by subject. */
export type Store = ReturnType<typeof openStore>

/** @param file a path, or `:memory:` */
export function openStore(file: string) {
  const db = openDatabase(file)
  const attributes = createAttributes(db)
  return {
    apps: createApps(db),
    messages: createMessages(db),
    attributes,
    definitions: createDefinitions(db),
    users: createUsers(db, attributes),
    companies: createCompanies(db, attributes),
    activity: createActivity(db),
    transaction: db.transaction,
    close: db.close,
  }
}
