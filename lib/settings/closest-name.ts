/**
 * The known name that is meant by a misspelt one; `undefined` where none is near.
 *
 * Compares pairs of letters regardless of case. A known name is near when it contains at least half of the pairs of the
 * misspelt one. Missing letters weigh less than wrong ones, so `timeout` finds `timeoutMs` and `gpc` finds `respectGpc`.
 *
 * @example
 * closestName('api_key', ['apiKey', 'endpoint']) // 'apiKey'
 * closestName('zzz', ['apiKey', 'endpoint']) // undefined
 */
export function closestName(misspelt: string, known: readonly string[]): string | undefined {
  const distance = (name: string): number => 2 * missingPairs(misspelt, name) + missingPairs(name, misspelt)
  const [closest] = [...known].sort((a, b) => distance(a) - distance(b))
  const isNear = closest !== undefined && missingPairs(misspelt, closest) <= misspelt.length / 2
  return isNear ? closest : undefined
}

/** How many of the pairs of letters of `name` are not in `other`. */
const missingPairs = (name: string, other: string): number =>
  [...name].filter((_, at) => !other.toLowerCase().includes(name.slice(at, at + 2).toLowerCase())).length
