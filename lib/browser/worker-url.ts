/**
 * Where the worker is: as the site says, else beside this script. Bundlers know this form of `URL` and carry the file
 * along. `undefined` where the page may not start it, because it is of another origin.
 *
 * @param given absolute, or relative to the page
 */
export function findWorker(given: string | undefined): string | undefined {
  try {
    const url =
      given === undefined
        ? new URL('./userengage-worker.js', import.meta.url)
        : new URL(given, document.baseURI)
    return url.origin === location.origin ? url.href : undefined
  } catch {
    return undefined
  }
}
