/**
 * Limits calls to one per `ms`, with one more after the last call: a burst of messages causes only a few requests.
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
