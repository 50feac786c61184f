// `npm run bench:sandbox`: how long pages take in a full sandbox, and how many messages and REST writes a second it takes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSandbox } from './command.ts'
import { fill } from './fill.ts'
import { type Load, load } from './load.ts'
import { idsOf, prepareRest, restWrite } from './rest-writes.ts'
import { type Route, routes, routesAfterWrites } from './routes.ts'

const amount = { events: 100_000, messages: 50_000, users: 2000 }
/** What a page may take, in milliseconds, and what must be taken, in messages per second. */
const budget = { page: 100, perSecond: 1000 }
const tries = 11
const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'))
const failures: string[] = []

const share = (values: number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
const told = (value: number, unit = 'ms'): string => `${value.toFixed(1).padStart(8)} ${unit}`

async function timeRoute(address: string, { path, headers = {}, complete }: Route): Promise<void> {
  const took: number[] = []
  let size = 0
  for (let i = 0; i < (complete ? 3 : tries); i++) {
    const start = performance.now()
    const response = await fetch(address + path, { headers })
    size = (await response.arrayBuffer()).byteLength
    took.push(performance.now() - start)
    if (!response.ok) failures.push(`${path} answered ${response.status}`)
  }
  const median = share(took, 0.5)
  if (!complete && median > budget.page) failures.push(`${path} took ${told(median)}`)
  console.log(`${told(median)} ${told(Math.max(...took))} ${told(size / 1024, 'KB')}  ${path}`)
}

/** The ids of the newest messages, or of the newest REST writes, that the sandbox has in its log. */
type Held = (address: string, count: number) => Promise<Set<string>>
const heldMessages: Held = async (address, count) => {
  const listed = await fetch(`${address}/api/sandbox/apps/demo/messages?newest=${count}`)
  return new Set(
    ((await listed.json()) as { body: { messageId: string } }[]).map(({ body }) => body.messageId),
  )
}
const heldWrites: Held = async (address, count) => {
  const listed = await fetch(`${address}/api/sandbox/apps/demo/rest/requests?newest=${count}`)
  return idsOf((await listed.json()) as { body: unknown }[])
}

async function timeIntake(
  address: string,
  name: string,
  sending: Promise<Load>,
  count: number,
  held: Held,
): Promise<void> {
  const start = performance.now()
  const { accepted, refused, cut, milliseconds } = await sending
  const rate = accepted.length / ((performance.now() - start) / 1000)
  const ids = await held(address, count)
  const lost = accepted.filter((id) => !ids.has(id)).length
  console.log(
    `${name}: ${accepted.length} accepted, ${refused} refused, ${cut} cut, ${lost} lost; ${rate.toFixed(0)} per second, answered in ${told(share(milliseconds, 0.5))} (99 of 100: ${told(share(milliseconds, 0.99))})`,
  )
  if (lost + refused + cut > 0) failures.push(`${name}: ${lost} lost, ${refused} refused, ${cut} cut`)
  if (rate < budget.perSecond * 0.95) failures.push(`${name}: only ${rate.toFixed(0)} per second`)
}

/** Kills a sandbox in the middle of REST writes, starts it again, and looks for what it had answered. */
async function killUnderWrites(data: string, perSecond: number): Promise<void> {
  const killed = await startSandbox(data)
  const sending = load(killed.address, perSecond * 4, perSecond, 64, restWrite)
  await sleep(2000)
  await killed.end('SIGKILL')
  const { accepted } = await sending
  const again = await startSandbox(data)
  const ids = await heldWrites(again.address, perSecond * 4)
  await again.end()
  const lost = accepted.filter((id) => !ids.has(id)).length
  console.log(`killed with SIGKILL: ${accepted.length} REST writes were answered, ${lost} of them lost`)
  if (lost > 0 || accepted.length === 0) failures.push(`killed with SIGKILL: ${lost} REST writes lost`)
}

try {
  const data = join(folder, 'full.db')
  console.log(
    `Filling a database with ${amount.events} events and ${amount.messages} messages of ${amount.users} users.`,
  )
  fill(data, amount)
  const full = await startSandbox(data)
  console.log('\n  median        worst         size')
  for (const route of routes) await timeRoute(full.address, route)
  console.log()
  const { perSecond } = budget
  await prepareRest(full.address)
  for (const [what, requestOf, held] of [
    ['messages', undefined, heldMessages],
    ['REST writes', restWrite, heldWrites],
  ] as const) {
    const paced = load(full.address, perSecond * 10, perSecond, 64, requestOf)
    await timeIntake(full.address, `${perSecond} ${what} per second for 10 s`, paced, perSecond * 10, held)
    const fast = load(full.address, 10_000, Infinity, 64, requestOf)
    await timeIntake(full.address, `${what} as fast as it goes`, fast, 10_000, held)
  }
  console.log()
  for (const route of routesAfterWrites) await timeRoute(full.address, route)
  console.log()
  await full.end()
  await killUnderWrites(data, perSecond)
} finally {
  rmSync(folder, { recursive: true })
}
for (const failure of failures) console.error(`✖ ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
