import type { HttpBindings } from '@hono/node-server'
import { createRelay, type Relay } from '../../relay/index.ts'
import { acrossLine } from './line.ts'
import { type Account, type Listening, listen } from './sandbox.ts'

export interface RelayUnderTest extends Listening {
  relay: Relay
  /** Lets so many messages be written, and cuts the connection before the page has the answer. */
  loseAnswers(count: number): void
}

/** A relay to an account of the sandbox, on an origin of its own; the account's line stands before it. */
export async function startRelay(sandbox: string, account: Account, site: string): Promise<RelayUnderTest> {
  const relay = createRelay({ url: `${sandbox}/api/public/`, token: account.token, origins: [site] })
  let toLose = 0
  const answer = async (request: Request, env: HttpBindings): Promise<Response> => {
    const response = await relay(request)
    if (request.method !== 'POST' || response.status !== 200 || toLose === 0) return response
    toLose--
    env.incoming.socket.destroy()
    return response
  }
  const server = await listen((request, env) =>
    request.method === 'POST'
      ? acrossLine(request, env, () => answer(request, env as HttpBindings))
      : answer(request, env as HttpBindings),
  )
  return {
    ...server,
    relay,
    loseAnswers: (count) => {
      toLose = count
    },
  }
}
