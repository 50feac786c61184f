import { pageEnds } from './page-ends.ts'
import { sharedSites } from './shared-sites.ts'
import { troubles } from './troubles.ts'

/** All of them, in the order of the report. */
export const scenarios = [...pageEnds, ...troubles, ...sharedSites]
