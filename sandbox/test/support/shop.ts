import { type ServerType, serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** A page with the built plugin, which takes its settings from a global, as docs/sandbox.md expects of a site. */
const page = `<!doctype html>
<script>
  const { apiKey, endpoint } = window.userEngageSettings ?? { apiKey: 'demo', endpoint: 'http://localhost:4400/api/segment/' }
  const script = document.createElement('script')
  script.src = '/dist/userengage-analytics.min.js'
  script.dataset.apiKey = apiKey
  script.dataset.endpoint = endpoint
  window.analytics = []
  document.head.append(script)
  analytics.push(['identify', 'ada', { plan: 'pro' }], ['page', 'Checkout'])
</script>
<button type="button" onclick="analytics.track('Order Completed', { total: 12 })">Buy</button>
`

/** Serves the shop on a free port of loopback. */
export async function startShop(): Promise<{ origin: string; close(): void }> {
  const app = new Hono()
  app.get('/dist/*', serveStatic({ root: '.' }))
  app.get('*', (context) => context.html(page))
  const server = await new Promise<ServerType>((resolve) => {
    const starting = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(starting))
  })
  const { port } = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => void server.close(),
  }
}
