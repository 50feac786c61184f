// The command: reads its options, opens the database, listens, and prints the addresses.
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { openStore, type Store } from './database/store.ts'
import { defaultData } from './default-data.ts'
import { type Options, readOptions, usage } from './options.ts'
import { portInUse } from './port.ts'

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
  fail(portInUse(options.port))
})
server.on('listening', () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const host = options.host?.includes(':') ? `[${options.host}]` : options.host
  const origin = `http://${host ?? 'localhost'}:${port}`
  console.log(`The sandbox is running.

  demo shop   ${origin}/demo/
  inspector   ${origin}/
  endpoint    ${origin}/api/segment/   (API key of the demo app: demo)
  REST API    ${origin}/api/public/    (token of the demo app: demo-token)
`)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close()
    // An open event stream would keep the server alive.
    if ('closeAllConnections' in server) server.closeAllConnections()
    store.close()
    process.exit(0)
  })
}
