/**
 * At most once per `ms`, and once more after the last call: a burst of messages is not a burst of requests.
 *
 * @param {number} ms
 * @param {() => void} act
 */
export function debounced(ms, act) {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      act()
    }, ms)
  }
}
