import type { BrowserInfo } from '../mapping/browser-info.ts'
import { type ClientHints, fromClientHints } from '../mapping/client-hints.ts'
import { pause } from './pause.ts'

/** https://wicg.github.io/ua-client-hints/: Chromium only, and only in secure contexts. */
interface UserAgentData extends ClientHints {
  getHighEntropyValues(hints: string[]): Promise<ClientHints>
}
declare global {
  interface Navigator {
    readonly userAgentData?: UserAgentData
  }
}

/** How long a message waits for hints or parser, in milliseconds. */
const browserInfoTimeoutMs = 2000

const highEntropyHints = ['formFactors', 'fullVersionList', 'model', 'platformVersion']

export interface BrowserInfoReader {
  /** The browser info that is known by now. */
  known(): BrowserInfo
  /** Resolves to the complete browser info, or after two seconds to the part that is known by then. Never rejects. */
  whenReady(): Promise<BrowserInfo>
}

/**
 * Reads browser, system and device: by Client Hints where the browser has them, else by the user agent string, for which
 * the parser is loaded. Reading begins at once.
 */
export function readBrowserInfo(): BrowserInfoReader {
  let info: BrowserInfo = {}
  const reading = read((read) => {
    info = read
  }).catch(() => {
    // The parser did not load, or a permissions policy forbids the hints: messages go with what is known.
  })
  const ready = Promise.race([reading, pause(browserInfoTimeoutMs)])
  return {
    known: () => info,
    whenReady: () => ready.then(() => info),
  }
}

async function read(onRead: (info: BrowserInfo) => void): Promise<void> {
  const hints = navigator.userAgentData
  if (hints) {
    const { brands, mobile, platform } = hints
    onRead(fromClientHints({ brands, mobile, platform }))
    onRead(fromClientHints(await hints.getHighEntropyValues(highEntropyHints)))
  } else {
    const { parseUserAgent } = await import('./user-agent-parser.ts')
    onRead(parseUserAgent())
  }
}
