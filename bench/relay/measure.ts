import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rotated } from '../field/statistics.ts'
import { startSandbox } from '../sandbox/command.ts'
import { noServer, type Server, startServer } from './server.ts'
import { site } from './site.ts'
import { type Way, ways } from './ways.ts'

/** What one way to the sandbox takes and costs. */
export interface RelayWay {
  way: Way['id']
  /** Messages per second, of each round. */
  rate: number[]
  /** Processor time of what stands between, in milliseconds per message, of each round; none where nothing does. */
  cpu: number[]
  /** From a request to its answer, one after the other, in milliseconds. */
  latency: number[]
}

/** Messages of a round: as many at once as there are places, then one after the other. */
export const count = 1000
export const abreast = 48
const alone = 100
export const users = 500
export const rounds = 3

/** One instance of each way before one sandbox, in turns. */
export async function measureRelay(): Promise<RelayWay[]> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-bench-'))
  const sandbox = await startSandbox(join(folder, 'bench.db'))
  const results = ways.map(({ id }): RelayWay => ({ way: id, rate: [], cpu: [], latency: [] }))
  const servers = new Map<Way['id'], Server>()
  try {
    for (const { id } of ways) {
      const server = id === 'direct' ? noServer(sandbox.address) : await startServer(id, sandbox.address)
      servers.set(id, server)
      // Makes the users, and warms it up.
      await send(server.address, count, abreast)
    }
    for (let round = 0; round < rounds; round++) {
      for (const result of rotated(results, round)) await measure(result, servers.get(result.way) as Server)
    }
  } finally {
    for (const { end } of servers.values()) end()
    await sandbox.end()
    rmSync(folder, { recursive: true })
  }
  return results
}

async function measure({ way, rate, cpu, latency }: RelayWay, { address, cpuMs }: Server): Promise<void> {
  const before = await cpuMs()
  const began = performance.now()
  await send(address, count, abreast)
  rate.push(count / ((performance.now() - began) / 1000))
  if (way !== 'direct') cpu.push(((await cpuMs()) - before) / count)
  latency.push(...(await send(address, alone, 1)))
}

/** Sends tracks of many users, `abreast` at once. @returns how long each took, in milliseconds */
async function send(address: string, count: number, abreast: number): Promise<number[]> {
  const times: number[] = []
  let sent = 0
  const one = async (): Promise<void> => {
    while (sent < count) {
      const body = JSON.stringify(messageOf(`user-${sent++ % users}`))
      const began = performance.now()
      const response = await fetch(address, { method: 'POST', headers, body })
      await response.text()
      times.push(performance.now() - began)
      if (response.status !== 200) throw new Error(`${address} answered ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: abreast }, one))
  return times
}

const headers = { origin: site, authorization: `Basic ${btoa('demo:')}`, 'content-type': 'application/json' }

const messageOf = (userId: string) => ({
  type: 'track',
  messageId: randomUUID(),
  userId,
  event: 'Product Viewed',
  properties: { sku: 'sku-1', total: 12 },
  timestamp: new Date().toISOString(),
  context: {},
})
