import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Way } from './ways.ts'

/** What stands between page and sandbox. */
export interface Server {
  /** Where messages go. */
  address: string
  /** Processor time since it was started, in milliseconds. */
  cpuMs(): Promise<number>
  end(): void
}

/** Nothing stands between: the sandbox's own processor time is no way's. */
export const noServer = (sandbox: string): Server => ({
  address: `${sandbox}/api/segment/`,
  cpuMs: async () => 0,
  end() {},
})

const program = fileURLToPath(new URL('./serve.ts', import.meta.url))

/** Starts a way in a process of its own, and waits until it listens. */
export async function startServer(id: Way['id'], sandbox: string): Promise<Server> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, id, sandbox], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  const address = printed.toString().trim()
  return {
    address,
    async cpuMs() {
      const { user, system } = (await (await fetch(`${address}cpu`)).json()) as NodeJS.CpuUsage
      return (user + system) / 1000
    },
    end: () => void child.kill(),
  }
}
