// The command: reads how it is started, opens the database, listens, and says where.
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { openStore, type Store } from './database/store.ts'
import { defaultData } from './default-data.ts'
import { type Options, readOptions, usage } from './options.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

function attempt<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    return fail(`${what}${(error as Error).message}`)
  }
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

const options: Options = attempt('', () => readOptions(process.argv.slice(2), process.env))
if (options.help) {
  console.log(usage)
  process.exit(0)
}
const store: Store = attempt(`Cannot open the database${options.data ? ` ${options.data}` : ''}: `, () =>
  openStore(options.data ?? defaultData()),
)
const server = serve({
  fetch: createApp(store, root, options).fetch,
  port: options.port,
  hostname: options.host ?? '127.0.0.1',
})

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') fail(`Cannot listen on port ${options.port}: ${error.message}.`)
  fail(`Port ${options.port} is in use: stop what is running there, or choose another, as with --port 4401.`)
})
server.on('listening', () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const host = options.host?.includes(':') ? `[${options.host}]` : options.host
  const at = `http://${host ?? 'localhost'}:${port}`
  console.log(`The sandbox is running.

  demo shop   ${at}/demo/
  inspector   ${at}/
  endpoint    ${at}/api/segment/   (API key of the demo app: demo)
`)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close()
    // Event streams stay open as long as somebody looks: they would hold the server back.
    if ('closeAllConnections' in server) server.closeAllConnections()
    store.close()
    process.exit(0)
  })
}
