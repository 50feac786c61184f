/**
 * Where the worker is: as the site says, else beside this script. Bundlers know this form of `URL` and carry the file
 * along. `undefined` where the browser would refuse it.
 *
 * @param given absolute, or relative to the page
 */
export function findWorker(given: string | undefined): string | undefined {
  if (given === undefined && hasNonces()) return undefined
  try {
    const url =
      given === undefined
        ? // Turbopack gives an object that is no URL: its `href` is a path, and its `origin` is empty.
          new URL(new URL('./userengage-worker.js', import.meta.url).href, location.href)
        : new URL(given, document.baseURI)
    // A page may start workers of its own origin only.
    return url.origin === location.origin ? url.href : undefined
  } catch {
    return undefined
  }
}

/**
 * A page whose scripts have nonces mostly allows nothing else by its content security policy, and no worker has a nonce:
 * the browser would refuse it, and print so.
 */
const hasNonces = (): boolean => document.querySelector('script[nonce]') !== null
