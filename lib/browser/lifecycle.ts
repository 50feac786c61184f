/**
 * Tells when the page is left, and when it comes back from the back/forward cache. Never by `unload`: a listener to
 * that keeps a page out of the cache (https://web.dev/articles/bfcache).
 */
export function onLifecycle(tell: { leave(): void; restore(): void }): void {
  addEventListener('pagehide', () => tell.leave())
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) tell.restore()
  })
}
