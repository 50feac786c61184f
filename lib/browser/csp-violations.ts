/**
 * Watches whether the page's Content-Security-Policy refuses requests to `url`. To `fetch` that looks like a network
 * failure (https://w3c.github.io/webappsec-csp/#violation-events).
 *
 * @returns whether a request to `url` has been refused since the last call
 */
export function watchCspViolations(url: string): () => boolean {
  let isRefused = false
  const { origin, href } = new URL(url, location.href)
  // A violation names the URL, or its origin only where a redirect led there.
  addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective, disposition }) => {
    if (effectiveDirective !== 'connect-src' || disposition !== 'enforce') return
    if (blockedURI === origin || href.startsWith(blockedURI)) isRefused = true
  })
  return () => {
    const wasRefused = isRefused
    isRefused = false
    return wasRefused
  }
}
