// How many messages a second one relay takes to a sandbox, and what one costs it, against a bare proxy in the same run.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../sandbox/command.ts'

const count = 3000
const abreast = 48
const users = 500
const rounds = 3
const serve = fileURLToPath(new URL('./serve.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'relay-bench-'))
const sandbox = await startSandbox(join(folder, 'bench.db'))
const base = `${sandbox.address}/api/public/`

async function start(kind: 'relay' | 'proxy') {
  const child = spawn(process.execPath, ['--import', 'tsx', serve, kind, base, 'demo-token'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  const address = printed.toString().trim()
  const cpuMs = async (): Promise<number> => {
    const { user, system } = (await (await fetch(`${address}cpu`)).json()) as NodeJS.CpuUsage
    return (user + system) / 1000
  }
  return { address, cpuMs, end: () => child.kill() }
}

/** Sends `count` tracks of many users; as many at once as there are places. */
async function load(address: string): Promise<void> {
  let sent = 0
  const one = async (): Promise<void> => {
    while (sent < count) {
      const message = {
        type: 'track',
        messageId: randomUUID(),
        userId: `user-${sent++ % users}`,
        event: 'Product Viewed',
        properties: { sku: 'sku-1', total: 12 },
        timestamp: new Date().toISOString(),
        context: {},
      }
      const headers = { origin: 'https://shop.example', 'content-type': 'application/json' }
      const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(message) })
      await response.text()
      if (response.status !== 200) throw new Error(`${address} answered ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: abreast }, one))
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
try {
  const relay = await start('relay')
  const proxy = await start('proxy')
  // Makes the users, and warms both up.
  for (const { address } of [relay, proxy]) await load(address)
  const told = new Map<string, { rate: number[]; cost: number[] }>()
  for (let round = 0; round < rounds; round++) {
    for (const [name, { address, cpuMs }] of [
      ['relay', relay],
      ['bare proxy', proxy],
    ] as const) {
      const [began, before] = [performance.now(), await cpuMs()]
      await load(address)
      const entry = told.get(name) ?? { rate: [], cost: [] }
      entry.rate.push(count / ((performance.now() - began) / 1000))
      entry.cost.push(((await cpuMs()) - before) / count)
      told.set(name, entry)
    }
  }
  for (const [name, { rate, cost }] of told) {
    console.log(
      `${name.padEnd(12)} ${median(rate).toFixed(0).padStart(6)} messages per second, ${median(cost).toFixed(2)} ms of processor time each`,
    )
  }
  for (const { end } of [relay, proxy]) end()
} finally {
  await sandbox.end()
  rmSync(folder, { recursive: true })
}
