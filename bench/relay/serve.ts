// Serves one of the ways to the sandbox at `ADDRESS`: `serve.ts relay|post|proxy ADDRESS`. `GET /cpu` tells its processor time.
import { serve } from '@hono/node-server'
import { createRelay } from '../../relay/index.ts'
import { site } from './site.ts'

const [kind, address = ''] = process.argv.slice(2)
const rest = `${address}/api/public/`
const token = 'demo-token'

/** The least that a reverse proxy does: it passes a request on as it came, and the answer back. */
async function proxy(request: Request): Promise<Response> {
  const { status, headers, body } = await fetch(`${address}/api/segment/`, {
    method: request.method,
    headers: request.headers,
    body: await request.arrayBuffer(),
  })
  return new Response(body, { status, headers })
}

/** The least that a backend does for the REST API: it takes a message, and posts the event. */
async function post(request: Request): Promise<Response> {
  const { userId, event, properties, timestamp } = (await request.json()) as Record<string, string>
  const response = await fetch(`${rest}users-by-id/${encodeURIComponent(String(userId))}/events/`, {
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

const answer =
  kind === 'relay'
    ? createRelay({ url: rest, token, origins: [site], concurrency: 64 })
    : kind === 'post'
      ? post
      : proxy
serve(
  {
    fetch: (request: Request) =>
      request.url.endsWith('/cpu') ? Response.json(process.cpuUsage()) : answer(request),
    port: 0,
    hostname: '127.0.0.1',
  },
  ({ port }) => console.log(`http://127.0.0.1:${port}/`),
)
