const marker = '\u0001'

/**
 * A text as SQLite gives it back whole: its reader stops at a null byte, and half a surrogate pair is no UTF-8.
 * Such a text is kept as JSON behind a marker, every other as it is.
 */
export const toSafeText = (text: string): string =>
  text.startsWith(marker) || /\0|\p{Surrogate}/u.test(text) ? marker + JSON.stringify(text) : text

/** The text that `toSafeText` was given. */
export const fromSafeText = (text: string): string =>
  text.startsWith(marker) ? (JSON.parse(text.slice(marker.length)) as string) : text
