import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LaunchOptions } from '@playwright/test'

export interface Example {
  origin: string
  stop(): Promise<void>
}

/** Runs one of the examples as its reader does, by a script of its package.json, on a free port. */
export async function startExample(
  name: string,
  script = 'start',
  settings: (origin: string) => { env?: Record<string, string>; args?: string[] } = () => ({}),
): Promise<Example> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const { env = {}, args = [] } = settings(origin)
  const child = spawn('npm', ['run', script, '--', '--port', String(port), ...args], {
    cwd: `examples/${name}`,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  await isServing(origin, child)
  return {
    origin,
    async stop() {
      process.kill(-(child.pid as number))
      await once(child, 'exit')
    },
  }
}

async function isServing(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`The example ended with ${child.exitCode}.`)
    if (
      await fetch(origin).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  throw new Error(`Nothing answers at ${origin}.`)
}

/** Options for a browser that finds the sandbox of the test at the address which the examples use. */
export const launchedFor = (sandbox: string, options: LaunchOptions): LaunchOptions => ({
  ...options,
  args: (options.args ?? []).map((arg) =>
    arg.startsWith('--host-resolver-rules=')
      ? `${arg}, MAP localhost:4400 127.0.0.1:${new URL(sandbox).port}`
      : arg,
  ),
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
