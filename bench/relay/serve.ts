// Serves either a relay or a bare proxy to a REST API: `serve.ts relay|proxy BASE TOKEN`. `GET /cpu` tells its processor time.
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server'
import { createRelay } from '../../relay/index.ts'

const [kind, base = '', token = ''] = process.argv.slice(2)
const relay = createRelay({ url: base, token, origins: ['https://shop.example'], concurrency: 64 })

/** What any backend does at least: takes a message, and posts the event. */
async function proxy(request: Request): Promise<Response> {
  const { userId, event, properties, timestamp } = (await request.json()) as Record<string, string>
  const response = await fetch(`${base}users-by-id/${encodeURIComponent(String(userId))}/events/`, {
    method: 'POST',
    headers: {
      authorization: `Token ${token}`,
      accept: '*/*; version=2',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      name: event,
      timestamp: Math.floor(Date.parse(String(timestamp)) / 1000),
      data: properties,
    }),
  })
  await response.text()
  return new Response(null, { status: response.status < 300 ? 200 : response.status })
}

const answer = kind === 'relay' ? relay : proxy
serve(
  {
    fetch: (request: Request, _: HttpBindings | Http2Bindings) =>
      request.url.endsWith('/cpu') ? Response.json(process.cpuUsage()) : answer(request),
    port: 0,
    hostname: '127.0.0.1',
  },
  ({ port }) => console.log(`http://127.0.0.1:${port}/`),
)
