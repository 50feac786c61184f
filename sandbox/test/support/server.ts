import { type ServerType, serve } from '@hono/node-server'
import { createApp } from '../../app.ts'
import { openStore } from '../../database/store.ts'
import type { Ask } from './sandbox.ts'

export interface Server {
  port: number
  origin: string
  ask: Ask
  close(): void
}

/** Starts a sandbox on a free port of loopback, for tests that need a real connection. */
export async function startServer(): Promise<Server> {
  const { fetch: answer } = createApp(openStore(':memory:'), process.cwd())
  const server = await new Promise<ServerType>((resolve) => {
    const starting = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, () => resolve(starting))
  })
  const { port } = server.address() as { port: number }
  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    ask: (path, init) => fetch(`${origin}${path}`, init),
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
