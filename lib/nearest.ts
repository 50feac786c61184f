/**
 * The name that has most in common with another, pairs of letters counted, whatever their case.
 *
 * @example
 * nearest('api_key', ['apiKey', 'endpoint']) // 'apiKey'
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  // Who shortens a name leaves letters out, but none that are not in it.
  const difference = (other: string): number => 2 * lacking(name, other) + lacking(other, name)
  return [...known].sort((a, b) => difference(a) - difference(b))[0]
}

const lacking = (from: string, other: string): number =>
  [...from].filter((_, at) => !other.toLowerCase().includes(from.slice(at, at + 2).toLowerCase())).length
