import { contestants } from '../contestants.ts'
import type { Loss } from '../loss/measure.ts'
import { scenarios } from '../loss/scenarios.ts'
import { worstOf } from '../loss/worst.ts'
import type { Parts } from '../results.ts'
import { table } from './tables.ts'

/** What became of the calls: scenarios by contestants, the worst of all times, and the sums. */
export function losses(parts: Parts): string {
  const loss = worstOf(parts.loss)
  const among = contestants.filter(({ id }) => loss.some(({ contestant }) => contestant === id))
  const find = (scenario: string, contestant: string): Loss[] =>
    loss.filter((cell) => cell.scenario === scenario && cell.contestant === contestant)
  const run = scenarios.filter(({ id }) => loss.some(({ scenario }) => scenario === id))
  const rows = run.map(({ id, name }) => [
    name,
    ...among.map((contestant) => find(id, contestant.id).map(describe).join()),
  ])
  const sums = among.map(({ id }) => {
    const sum = (of: 'made' | 'lost' | 'late' | 'repeated'): number =>
      loss.filter(({ contestant }) => contestant === id).reduce((total, cell) => total + cell[of], 0)
    return `${sum('lost')} of ${sum('made')} lost, ${sum('late')} late, ${sum('repeated')} again`
  })
  return table(['', ...among.map(({ name }) => name)], [...rows, ['**in all**', ...sums]])
}

function describe({ lost, late, repeated, error }: Loss): string {
  if (error) return 'did not run'
  const parts = [
    lost > 0 && `**${lost} lost**`,
    late > 0 && `${late} late`,
    repeated > 0 && `${repeated} again`,
  ]
  return parts.filter(Boolean).join(', ') || 'all'
}
