import type { MiddlewareHandler } from 'hono'
import type { Env } from '../node-connection.ts'
import { type Hosts, hostNameOf, isOwnHost, isOwnOrigin } from './hosts.ts'

/**
 * Keeps out the web pages that the sandbox's developer visits: a browser lets any of them send requests to this machine.
 * Only the Segment endpoint takes what pages of every origin send, as its contract says.
 */
export function guard(hosts: Hosts): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { url, method } = context.req
    const { pathname, host: asked } = new URL(url)
    const { host = asked, origin, 'sec-fetch-site': site } = context.req.header()
    const message =
      whyNotHost(host, hosts) ??
      whyNotHost(asked, hosts) ??
      (isControl(pathname, method) ? whyNotOrigin(origin, site, host, hosts) : undefined)
    return message === undefined ? next() : context.json({ message }, 403)
  }
}

function whyNotHost(host: string, hosts: Hosts): string | undefined {
  const name = hostNameOf(host)
  if (name !== undefined && isOwnHost(name, hosts)) return undefined
  return `The sandbox does not answer for the host ${JSON.stringify(name ?? host)}: a page of another site could get in by such a name. If it is a name of yours, start the sandbox with --allow-host ${name ?? 'NAME'}.`
}

function whyNotOrigin(
  origin: string | undefined,
  site: string | undefined,
  host: string,
  hosts: Hosts,
): string | undefined {
  const isForeign = origin !== undefined && !isOwnOrigin(origin, host, hosts)
  if (!isForeign && site !== 'cross-site') return undefined
  const who = origin === undefined ? 'another site' : JSON.stringify(origin)
  return `A page of ${who} may not control the sandbox: only its own pages may, and programs that send no Origin.`
}

/** What changes something, or tells of it without a token. */
const isControl = (path: string, method: string): boolean =>
  path.startsWith('/api/sandbox') || (path.startsWith('/api/public') && method !== 'GET' && method !== 'HEAD')
