const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A time for a narrow column: today's with milliseconds, an earlier one with its day. @param {string} iso */
export function clock(iso) {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  if (date.toDateString() !== new Date().toDateString()) return `${day.format(date)}, ${time.format(date)}`
  return `${time.format(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** @param {Date} date */
export const timeOfDay = (date) => (Number.isNaN(date.getTime()) ? '' : time.format(date))

/** @param {Date} date */
export function dayName(date) {
  if (Number.isNaN(date.getTime())) return 'Some day'
  return date.toDateString() === new Date().toDateString() ? 'Today' : longDay.format(date)
}

/** The age of a time, for lists that are redrawn whenever messages arrive. @param {string | null} iso */
export function ago(iso) {
  const seconds = iso === null ? Number.NaN : (Date.now() - Date.parse(iso)) / 1000
  if (Number.isNaN(seconds)) return ''
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return day.format(new Date(/** @type {string} */ (iso)))
}
