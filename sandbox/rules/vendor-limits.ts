/**
 * Limits that UserEngage's public API documents (https://apidocs.user.com, "Miscellaneous", "Create user" and "Create
 * attribute"). UserEngage's page on the Segment destination does not say whether they apply there. So the sandbox keeps a
 * value beyond them, and adds a warning.
 */

/** The reason why UserEngage may not keep a value of a field of the profile; `undefined` without one. */
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

/** The reason why UserEngage may not create an attribute of this name; `undefined` without one. */
export const doubtOfName = (name: string): string | undefined =>
  lengthOf(name) > 32 ? 'UserEngage takes names of at most 32 characters for attributes' : undefined

const lengths: ReadonlyMap<string, number> = new Map([
  ['first_name', 40],
  ['last_name', 40],
])

/** Counts code points: an emoji is one character, not two. */
export const lengthOf = (text: string): number => [...text].length
