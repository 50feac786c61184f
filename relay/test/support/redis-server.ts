import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** Why tests with Redis cannot run here. */
export const whyNoRedis =
  spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'redis-server is not installed: apt-get install redis-server'

/** A Redis on a free port of loopback, that keeps nothing on disk. */
export async function startRedisServer() {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'relay-redis-'))
  const start = async (): Promise<ChildProcess> => {
    const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
      cwd: folder,
      stdio: 'ignore',
    })
    const probe = new Redis(port, { maxRetriesPerRequest: null, retryStrategy: () => 20 })
    probe.on('error', () => {})
    await probe.ping()
    probe.disconnect()
    return child
  }
  let child = await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop(): Promise<void> {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async restart(): Promise<void> {
      child = await start()
    },
    /** For ever. */
    close(): void {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
