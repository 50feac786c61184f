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
  /** A page that starts a contestant as it loads, as a real one does. */
  page(id: string, collector: string): string
  close(): void
}

const blank = '<!doctype html><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">'

export async function startSite(): Promise<Site> {
  const apps = new Map<string, App>()
  for (const { id } of contestants) apps.set(id, await bundleDriven(id))

  const server = createServer((request, response) => {
    const [, id = '', file = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? []
    const code = apps.get(id)?.files.get(file)
    response.writeHead(200, {
      'content-type': code ? 'text/javascript' : 'text/html',
      // Together they make the clock of the page tell 5 microseconds apart instead of 100.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(code ?? (apps.has(id) ? `${blank}${starting(id)}` : blank))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    blank: `${origin}/`,
    code: (id) => `${origin}/${id}/main.js`,
    page: (id, collector) => `${origin}/${id}/?${new URLSearchParams({ collector })}`,
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
