import type { Loss } from './measure.ts'

/** Of the times that a contestant went through a scenario, the worst of each number. */
export function worstOf(losses: readonly Loss[]): Loss[] {
  const worst = new Map<string, Loss>()
  for (const loss of losses) {
    const cell = `${loss.contestant} ${loss.scenario}`
    const known = worst.get(cell)
    worst.set(
      cell,
      known
        ? {
            ...known,
            ...loss,
            arrived: Math.min(known.arrived, loss.arrived),
            late: Math.max(known.late, loss.late),
            lost: Math.max(known.lost, loss.lost),
            repeated: Math.max(known.repeated, loss.repeated),
          }
        : loss,
    )
  }
  return [...worst.values()]
}
