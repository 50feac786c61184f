/**
 * A time span in at most two units.
 *
 * @param {number} ms
 * @example duration(38) // '38 ms'
 * @example duration(7_500_000) // '2 h 5 min'
 */
export function duration(ms) {
  const size = Math.abs(ms)
  return ms < 0 ? `−${span(size)}` : span(size)
}

/** @param {number} ms */
function span(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return two(seconds, 60, 'min', 's')
  if (seconds < 86_400) return two(seconds / 60, 60, 'h', 'min')
  return two(seconds / 3600, 24, 'd', 'h')
}

/**
 * @param {number} amount
 * @param {number} per
 * @param {string} large
 * @param {string} small
 */
function two(amount, per, large, small) {
  const rest = Math.floor(amount % per)
  return `${Math.floor(amount / per)} ${large}${rest ? ` ${rest} ${small}` : ''}`
}
