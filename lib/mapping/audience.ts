/**
 * The trait by which Segment Personas reports whether a user is in an audience, for use with `identify`.
 *
 * The name is the audience's name in snake case, as UserEngage's page on its Segment destination shows: split at
 * everything but letters and digits and between a lower-case and an upper-case letter; digits stay where they are.
 *
 * @example
 * analytics.identify(audienceTraits('Order Completed Last 30days', true)) // { order_completed_last_30days: true }
 *
 * @throws TypeError when the name has no letter and no digit
 */
export function audienceTraits(audienceName: string, entered: boolean): Record<string, boolean> {
  const words = String(audienceName)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .match(/[\p{L}\p{N}]+/gu)
  if (!words) {
    throw new TypeError(`[UserEngage] an audience name must have a letter or digit; got "${audienceName}".`)
  }
  return { [words.join('_').toLowerCase()]: entered }
}
