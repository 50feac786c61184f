import type { Agent } from '../mapping/agent.ts'
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

/** How long a message waits for the agent to be known, in milliseconds. */
const patience = 2000

/**
 * Finds out what browser, system and device this is: from Client Hints where the browser has them, else from the user
 * agent string, for which the parser is loaded. Resolves with what is known by then, after two seconds at the latest.
 */
export function readAgent(): () => Promise<Agent> {
  let known: Agent = {}
  const search = findAgent((agent) => {
    known = agent
  }).catch(() => {
    // The parser did not load, or a permissions policy forbids the hints: what is known so far has to do.
  })
  const found = Promise.race([search, pause(patience)])
  return () => found.then(() => known)
}

async function findAgent(tell: (agent: Agent) => void): Promise<void> {
  const hints = navigator.userAgentData
  if (hints) {
    const { brands, mobile, platform } = hints
    tell(fromClientHints({ brands, mobile, platform }))
    const values = ['formFactors', 'fullVersionList', 'model', 'platformVersion']
    tell(fromClientHints(await hints.getHighEntropyValues(values)))
  } else {
    const { parseUserAgent } = await import('./user-agent-parser.ts')
    tell(parseUserAgent())
  }
}
