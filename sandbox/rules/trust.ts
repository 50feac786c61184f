/**
 * Whether a request from `origin` comes from a trusted domain. A domain stands for itself and its subdomains, on any
 * port; an empty list trusts all. A request without an origin comes from a server and passes.
 */
export function isTrusted(origin: string | undefined, domains: readonly string[]): boolean {
  if (domains.length === 0 || origin === undefined) return true
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
