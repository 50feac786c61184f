import * as v from 'valibot'
import { type Fault, faultsSchemaWith } from './fault.ts'

/** A failure that the sandbox plays to the next REST requests of an app. */
export interface RestFault extends Fault {
  /** The beginning of the paths that it affects, such as `users/update_or_create/`. Absent: it affects all. */
  path?: string
}

/** Whether a fault affects a request; `path` is what follows `/api/public/`. */
export const affects = (fault: RestFault, path: string): boolean => path.startsWith(fault.path ?? '')

const path = v.message(
  v.pipe(v.string(), v.regex(/^[^/]/)),
  ({ input }) =>
    `"path" of a fault must be what follows /api/public/, such as "users/update_or_create/", got ${JSON.stringify(input)}.`,
)

/** The body of a request that sets or adds faults of the REST API. */
export const restFaultsSchema = faultsSchemaWith<RestFault>({ path: v.exactOptional(path) })
