// Serves the module given as the first argument, on Node.js, Deno or Bun, and prints the port.
import process from 'node:process'

const { default: worker } = await import(process.argv[2])
const said = (port) => console.log(JSON.stringify({ port }))

if ('Deno' in globalThis) {
  Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => said(port) }, (request) =>
    worker.fetch(request),
  )
} else if ('Bun' in globalThis) {
  said(Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => worker.fetch(request) }).port)
} else {
  const { serve } = await import('@hono/node-server')
  serve({ fetch: worker.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => said(port))
}
