import type { serve } from '@hono/node-server'
import type { Relay } from '../relay.ts'

const answersMs = 1000

/** What came is settled and answered before the process ends: within the time of one message, and a second. */
export function stopOnSignal(relay: Relay, server: ReturnType<typeof serve>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      // Meanwhile it listens, and tells who comes that it is closing.
      await relay.close()
      server.close(() => process.exit(0))
      // The last answers leave, and connections that are kept alive end; nobody else holds the process.
      setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 20)
      setTimeout(() => process.exit(0), answersMs)
    })
  }
}
