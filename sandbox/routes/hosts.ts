import { isIP } from 'node:net'

/** How the sandbox may be called, beside the names of this machine's loopback. */
export interface Hosts {
  /** Of the option `--host`: the address on which it listens. */
  host?: string | undefined
  /** Of the options `--allow-host`. */
  allowed: readonly string[]
}

/**
 * Whether a request came for a host that the sandbox answers for. Whoever owns a domain may let its name point to
 * 127.0.0.1 once a page of his is loaded, and the browser takes the sandbox for that page's own server: the name in
 * `Host` is what gives him away (https://developer.mozilla.org/docs/Web/Security/Attacks/DNS_rebinding).
 */
export function isOwnHost(name: string, { host, allowed }: Hosts): boolean {
  if (isLoopback(name) || allowed.includes(name)) return true
  if (host === undefined) return false
  // All addresses of the machine: to one of them no name points.
  if (host === '0.0.0.0' || host === '::') return isIP(bare(name)) > 0
  return bare(name) === bare(host.toLowerCase())
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  (isIP(name) === 4 && name.startsWith('127.'))

const bare = (name: string): string => name.replace(/^\[(.*)\]$/, '$1')

/** The host name of a `Host` header, in lower case; `undefined` where it is none. */
export function hostNameOf(header: string): string | undefined {
  const url = `http://${header}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : undefined
}

/** Whether an `Origin` is that of the sandbox's own pages, or of a host that its developer named. */
export function isOwnOrigin(origin: string, host: string, { allowed }: Hosts): boolean {
  if (!URL.canParse(origin)) return false
  const { hostname, host: withPort } = new URL(origin)
  return withPort === host.toLowerCase() || allowed.includes(hostname)
}
