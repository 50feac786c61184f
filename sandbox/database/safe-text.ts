const marker = '\u0001'

/**
 * Encodes a text that SQLite would not return whole: libsql stops reading at a null byte, and a lone surrogate is not
 * valid UTF-8. Such a text becomes JSON behind a marker; any other text stays as it is.
 */
export const toSafeText = (text: string): string =>
  text.startsWith(marker) || /\0|\p{Surrogate}/u.test(text) ? marker + JSON.stringify(text) : text

/** Decodes a text that `toSafeText` encoded. */
export const fromSafeText = (text: string): string =>
  text.startsWith(marker) ? (JSON.parse(text.slice(marker.length)) as string) : text
