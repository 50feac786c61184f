import { contestants } from '../contestants.ts'
import { type Late, outlasts, patience, troubles } from '../loss/late.ts'
import { table } from './tables.ts'

/** Contestants by what kept the endpoint from taking anything: the worst of all times. */
export function lateness(late: Late[]): string {
  const among = contestants.filter(({ id }) => late.some(({ contestant }) => contestant === id))
  const rows = among.map(({ id, name }) => [
    name,
    ...Object.keys(troubles).map((trouble) =>
      worst(late.filter((row) => row.contestant === id && row.trouble === trouble)),
    ),
  ])
  return table(['', ...Object.values(troubles).map(({ name }) => name)], rows)
}

function worst(times: Late[]): string {
  if (times.length === 0) return '–'
  const complete = times.filter(({ made, seconds }) => seconds.length === made)
  if (complete.length < times.length) {
    const most = Math.min(...times.map(({ seconds }) => seconds.length))
    const made = Math.max(...times.map(({ made }) => made))
    return most > 0 ? `${most} of ${made}, then nothing` : 'not without another visit'
  }
  const last = complete.map(({ seconds }) => seconds.at(-1) ?? 0)
  return `${Math.max(...last).toFixed(1)} s`
}

export const lateSection = (late: Late[]): string => `## Late

Five calls wait as the tab is closed, ${outlasts / 1000} seconds later the endpoint can be reached again, and nobody comes back to the site. How long it
takes until the last of them has arrived, the slowest time of three; nobody waited longer than ${patience / 1000} seconds.

${lateness(late)}

Ours: a shared worker that outlives the page has the calls, and tries again with the same pauses as a page. The browser ends it 30 seconds after
its last page: what could not be delivered by then waits on the device for the next visit, as it does where a browser has no such worker.`
