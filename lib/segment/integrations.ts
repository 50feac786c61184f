/**
 * Whether the `integrations` of an event enable a destination: its name decides, else the last of its alternative names
 * that is present, else `All`
 * (https://github.com/segmentio/analytics-next/blob/master/packages/core/src/queue/event-queue.ts, `availableExtensions`).
 */
export function isEnabledFor(
  [name, ...alternatives]: readonly [string, ...string[]],
  integrations: unknown,
): boolean {
  const given = (integrations ?? {}) as Record<string, unknown>
  const ofAlternatives = alternatives
    .map((alternative) => given[alternative])
    .filter((value) => value !== undefined)
    .at(-1)
  const value = given[name] ?? ofAlternatives
  return value === undefined || value === null ? given.All !== false : Boolean(value)
}
