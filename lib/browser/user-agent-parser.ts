// A chunk of its own, with all that pages in browsers without Client Hints may need: those that have them never load it,
// unless they are old. Version 1 of the parser stays: version 2 is under the AGPL.
import { UAParser } from 'ua-parser-js'
import type { Agent } from '../mapping/agent.ts'
import { fromParsedUserAgent } from '../mapping/parsed-agent.ts'

/** What this page's user agent string tells. */
export const parseUserAgent = (): Agent => fromParsedUserAgent(new UAParser().getResult())

export { watchHistory } from './history.ts'
export { createRollCall } from './roll-call.ts'
