/** The host name of a trusted domain, as browsers write it in `Origin`; `undefined` if the domain is not valid. */
export function hostName(domain: unknown): string | undefined {
  if (typeof domain !== 'string' || !/^[^\s/:@?#*\\]+$/.test(domain)) return undefined
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : undefined
}

/**
 * Whether a request from `origin` comes from a trusted domain. A domain includes its subdomains, on any
 * port. An empty list trusts all. A request without an origin comes from a server and is trusted.
 */
export function isTrusted(origin: string | undefined, domains: readonly string[]): boolean {
  if (domains.length === 0 || origin === undefined) return true
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
