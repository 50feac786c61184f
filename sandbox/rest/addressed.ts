import type { Store } from '../database/store.ts'
import { type Answer, type Call, type Handler, missing, type Routes } from './call.ts'

/** The records of one kind, as the database has them. */
interface Table<Row> {
  byId(app: string, id: number): Row | undefined
  find(app: string, customId: string): Row | undefined
}

/** How the API addresses the records of one kind: by UserEngage's own id, or by the customer's. */
export interface Addressed<Row> {
  /** The same routes by either id. */
  routes(below: string, methods: Routes[string]): Routes
  /** Answers with what a handler makes of the record that the address names; 404 where there is none. */
  withRecord(handler: (call: Call, record: Row) => Answer): Handler
  /** The record that has this id of the customer's. */
  withCustomId(call: Call, customId: string | undefined): Row | undefined
}

/** `name` as a 404 tells it; `folder` as the path has it, below `/api/public/`. */
export function addressed<Row>(
  name: string,
  folder: string,
  tableOf: (store: Store) => Table<Row>,
): Addressed<Row> {
  return {
    routes: (below, methods) => ({
      [`/${folder}/:id{[0-9]+}/${below}`]: methods,
      [`/${folder}-by-id/:custom_id/${below}`]: methods,
    }),
    withRecord: (handler) => (call) => {
      const { store, app, params } = call
      const table = tableOf(store)
      const record =
        params.custom_id === undefined
          ? table.byId(app.id, Number(params.id))
          : table.find(app.id, params.custom_id)
      return record ? handler(call, record) : missing(name)
    },
    withCustomId: ({ store, app }, customId) =>
      customId === undefined ? undefined : tableOf(store).find(app.id, customId),
  }
}
