/** Whether a page of this origin may send: one that is listed, or a subdomain of one listed as `https://*.shop.example`. */
export function createOrigins(listed: readonly string[]): (origin: string) => boolean {
  const exact = new Set(listed)
  const patterns = listed
    .filter((origin) => origin.includes('://*.'))
    .map((origin) => origin.split('*') as [string, string])
  return (origin) =>
    exact.has(origin) ||
    patterns.some(
      ([scheme, domain]) =>
        origin.length > scheme.length + domain.length && origin.startsWith(scheme) && origin.endsWith(domain),
    )
}
