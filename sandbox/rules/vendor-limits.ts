/**
 * What UserEngage's public API documents as its limits (https://apidocs.user.com, "Miscellaneous", "Create user" and
 * "Create attribute"). Whether they hold for a "Segment API key", its page on the Segment destination does not say: the
 * sandbox keeps such a value, and tells of the doubt.
 */

/** Why UserEngage may not keep a value of a field of the profile; `undefined` where nothing speaks against it. */
export function doubtOf(field: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (field === 'phone_number' && !/^\+[1-9]\d{1,14}$/.test(value)) {
    return 'UserEngage accepts phone numbers in the form of E.164 only, such as +48123456789; others belong into a custom attribute'
  }
  const longest = lengths.get(field)
  return longest !== undefined && lengthOf(value) > longest
    ? `UserEngage takes at most ${longest} characters here`
    : undefined
}

/** Why UserEngage may not create an attribute of this name. */
export const doubtOfName = (name: string): string | undefined =>
  lengthOf(name) > 32 ? 'UserEngage takes names of at most 32 characters for attributes' : undefined

const lengths: ReadonlyMap<string, number> = new Map([
  ['first_name', 40],
  ['last_name', 40],
])

/** In characters as people count them, not in halves of emoji. */
export const lengthOf = (text: string): number => [...text].length
