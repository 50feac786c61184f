/** @typedef {'identify' | 'track' | 'page' | 'group' | 'reset'} Method */
/** @typedef {{ method: Method, args: unknown[], sent: boolean }} Call */
/** @typedef {(method: Method, ...args: unknown[]) => void} Analytics */

/**
 * Makes Analytics.js calls, and passes each to `show`. The shop works without analytics, as every shop should.
 *
 * @param {(call: Call) => void} show
 * @returns {Analytics}
 */
export function createRecorder(show) {
  return (method, ...args) => {
    const { analytics } = window
    if (analytics) /** @type {(...args: unknown[]) => unknown} */ (analytics[method]).apply(analytics, args)
    show({ method, args, sent: analytics !== undefined })
  }
}
