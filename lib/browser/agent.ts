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

/** What is known of the agent by now, and what will be known within two seconds. */
export interface KnownAgent {
  now(): Agent
  soon(): Promise<Agent>
}

/**
 * Finds out what browser, system and device this is: from Client Hints where the browser has them, else from the user
 * agent string, for which the parser is loaded.
 */
export function readAgent(): KnownAgent {
  let known: Agent = {}
  const search = findAgent((agent) => {
    known = agent
  }).catch(() => {
    // The parser did not load, or a permissions policy forbids the hints: what is known so far has to do.
  })
  const found = Promise.race([search, pause(patience)])
  const now = (): Agent => known
  return { now, soon: () => found.then(now) }
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
