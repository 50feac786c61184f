/** Longer paths meet the limits of servers and proxies. */
const longest = 1000

/**
 * An id as a segment of a path; `undefined` where a path cannot hold it: a slash or a control character, encoded, may
 * not survive proxies and the server's routing.
 */
export function pathSegment(id: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are looked for.
  if (/[/\\\x00-\x1f\x7f]/.test(id) || !isAddressable(id)) return undefined
  const segment = encodeURIComponent(id)
  return segment.length <= longest ? segment : undefined
}

/**
 * Whether an id can be used at all. `.` and `..` are steps of a path, whose other spelling `%2e` is one too: they lead
 * to other routes (https://url.spec.whatwg.org/#double-dot-path-segment). Half a surrogate pair is no character.
 */
export const isAddressable = (id: string): boolean => id !== '.' && id !== '..' && isWellFormed(id)

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)
