import { createActivity } from './activity.ts'
import { createApps } from './apps.ts'
import { createAttributes } from './attributes.ts'
import { createCompanies } from './companies.ts'
import { createCompanyList } from './company-list.ts'
import { createDefinitions } from './definitions.ts'
import { createHistory } from './history.ts'
import { createMessages } from './messages.ts'
import { openDatabase } from './open.ts'
import { createPeople } from './people.ts'
import { createPersonActivity } from './person-activity.ts'
import { createProductList } from './product-list.ts'
import { createProducts } from './products.ts'
import { createRest } from './rest.ts'
import { createTags } from './tags.ts'
import { createTogether } from './together.ts'
import { createUsage } from './usage.ts'
import { createUsers } from './users.ts'

/** The data of the sandbox, by subject. */
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
    products: createProducts(db, attributes),
    tags: createTags(db),
    activity: createActivity(db),
    rest: createRest(db),
    /** Queries of the inspector, each cut to what a page can show. */
    inspection: {
      people: createPeople(db),
      personActivity: createPersonActivity(db),
      companies: createCompanyList(db),
      products: createProductList(db),
      usage: createUsage(db),
      history: createHistory(db),
    },
    transaction: db.transaction,
    together: createTogether(db),
    close: db.close,
  }
}
