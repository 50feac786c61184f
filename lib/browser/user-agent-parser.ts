// A chunk of its own: browsers with Client Hints never load it. Version 1 stays: version 2 is under the AGPL.
import { UAParser } from 'ua-parser-js'
import type { Agent } from '../mapping/agent.ts'
import { fromParsedUserAgent } from '../mapping/parsed-agent.ts'

/** What this page's user agent string tells. */
export const parseUserAgent = (): Agent => fromParsedUserAgent(new UAParser().getResult())
