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
  /** Resolves when the browser info is complete, or after two seconds. Never rejects. */
  whenReady(): Promise<unknown>
}

/**
 * Reads browser, system and device: by Client Hints where the browser has them, else by the user agent string, for which
 * the parser is loaded. Reading begins at once.
 */
export function readBrowserInfo(): BrowserInfoReader {
  let info: BrowserInfo = {}
  let hints: ClientHints | undefined
  /** Hints are made out as a message needs them, because the page has more to do as it starts. */
  const known = (): BrowserInfo => {
    if (hints) info = fromClientHints(hints)
    hints = undefined
    return info
  }
  const reading = read({
    onHints(read) {
      hints = read
    },
    onParsed(parsed) {
      info = parsed
    },
  }).catch(() => {
    // The parser did not load, or a permissions policy forbids the hints: messages go with what is known.
  })
  const ready = Promise.race([reading, pause(browserInfoTimeoutMs)])
  return {
    known,
    whenReady: () => ready,
  }
}

async function read({
  onHints,
  onParsed,
}: {
  onHints(hints: ClientHints): void
  onParsed(info: BrowserInfo): void
}): Promise<void> {
  const hints = navigator.userAgentData
  if (hints) {
    const { brands, mobile, platform } = hints
    onHints({ brands, mobile, platform })
    onHints(await hints.getHighEntropyValues(highEntropyHints))
  } else {
    const { parseUserAgent } = await import('./user-agent-parser.ts')
    onParsed(parseUserAgent())
  }
}
