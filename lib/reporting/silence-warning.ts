import { docsAddress } from './docs-address.ts'

/** After so many requests in a row without an answer, the set-up may be wrong. */
const suspicious = 3

/**
 * Warns once where nothing answers at the endpoint, with or without `debug`: to the page, a wrong address, missing CORS
 * headers and an ad blocker all look like a network that is down.
 *
 * @param endpoint absolute URL
 * @returns hears of the end of every request
 */
export function createSilenceWarning(
  endpoint: string,
  isOffline: () => boolean,
): (isAnswered: boolean) => void {
  let unanswered = 0
  let isWarned = false
  return (isAnswered) => {
    unanswered = isAnswered || isOffline() ? 0 : unanswered + 1
    if (unanswered < suspicious || isWarned) return
    isWarned = true
    console.warn(
      `[UserEngage] Nothing answers at ${endpoint}: ${unanswered} requests in a row got no answer. No message is lost, they ` +
        'wait. If nothing has ever arrived there, the host or path of `endpoint` is wrong (from another origin, browsers ' +
        "report that as CORS), the server's CORS headers do not allow this page, or a Content-Security-Policy or an ad " +
        `blocker refuses the request. How to tell them apart: ${docsAddress('troubleshooting.md#nothing-answers')}`,
    )
  }
}
