// A chunk of its own: browsers with Client Hints never load it. Version 2 of ua-parser-js is under the AGPL.
import { UAParser } from 'ua-parser-js'
import type { BrowserInfo } from '../mapping/browser-info.ts'
import { fromParsedUserAgent } from '../mapping/parsed-user-agent.ts'

/** Browser, system and device by this page's user agent string. */
export const parseUserAgent = (): BrowserInfo => fromParsedUserAgent(new UAParser().getResult())
