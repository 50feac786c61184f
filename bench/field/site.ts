import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type App, bundleDriven } from './bundle.ts'
import { contestants } from './contestants.ts'

/** The pages that a contestant runs in. */
export interface Site {
  /** A page with nothing on it. */
  blank: string
  /** The address of a contestant's code. */
  code(id: string): string
  /** A page that starts a contestant as it loads, as a real one does. Each contestant has a site, and storages, of its own. */
  page(id: string, collector: string): string
  /** A page of another site. */
  elsewhere: string
  close(): void
}

const blank = '<!doctype html><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">'

/** A service worker as many sites have one: what does not come over the network, it answers with a page of its own. */
const serviceWorker = `
  addEventListener('install', () => skipWaiting())
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  const fallback = () => new Response('<h1>You are offline</h1>', { headers: { 'content-type': 'text/html' } })
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request).catch(fallback)))`

/** Served beside every contestant's code. */
const shared: Record<string, string | Buffer> = {
  'service-worker.js': serviceWorker,
  // Where the plugin looks for it: beside its own code.
  'userengage-worker.js': readFileSync(new URL('../../dist/userengage-worker.js', import.meta.url)),
}

export async function startSite(): Promise<Site> {
  const apps = new Map<string, App>()
  for (const { id } of contestants) apps.set(id, await bundleDriven(id))

  const server = createServer((request, response) => {
    const [, id = '', file = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? []
    const app = apps.get(id)
    const code = app?.files.get(file) ?? (app && shared[file])
    response.writeHead(200, {
      'content-type': code ? 'text/javascript' : 'text/html',
      // Together they make the clock of the page tell 5 microseconds apart instead of 100.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(code ?? (app ? `${blank}${starting(id)}` : blank))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    blank: `http://localhost:${port}/`,
    code: (id) => `http://localhost:${port}/${id}/main.js`,
    page: (id, collector) => `http://${id}.localhost:${port}/${id}/?${new URLSearchParams({ collector })}`,
    elsewhere: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const starting = (id: string): string => `
  <script type="module">
    import '/${id}/main.js'
    bench.start(new URLSearchParams(location.search).get('collector'))
    window.isStarted = true
  </script>`
