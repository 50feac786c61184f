/**
 * Browsers refuse requests that outlive their page beyond 64 KiB in flight, counted over the whole page
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). The site's own `sendBeacon` needs the other half.
 */
const budgetBytes = 32 * 1024

/** The bytes of this page's keepalive requests in flight, over all plugins on the page. */
let bytesInFlight = 0

/**
 * Reserves room for one keepalive request.
 *
 * @param bytes the size of its body
 * @returns gives the room back; `undefined` where there is none
 */
export function reserveKeepalive(bytes: number): (() => void) | undefined {
  if (bytesInFlight + bytes > budgetBytes) return undefined
  bytesInFlight += bytes
  let isReserved = true
  return () => {
    if (!isReserved) return
    isReserved = false
    bytesInFlight -= bytes
  }
}
