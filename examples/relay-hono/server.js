import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createRelay } from 'userengage-relay'
import { redisSpool, redisStore } from 'userengage-relay/redis'

const { port } = parseArgs({ options: { port: { type: 'string', default: '3000' } } }).values
// Without an account: the sandbox, and the token of its demo app.
const { REDIS = 'redis://localhost:6379', USERCOM_TOKEN = 'demo-token' } = process.env
const { USERCOM_URL = 'http://localhost:4400/api/public/' } = process.env

const relay = createRelay({
  url: USERCOM_URL,
  token: USERCOM_TOKEN,
  origins: [`http://localhost:${port}`],
  store: redisStore(REDIS),
  spool: redisSpool(REDIS),
})

const plugin = dirname(fileURLToPath(import.meta.resolve('userengage-analytics-next')))
const app = new Hono()
app.all('/hello', (context) => relay(context.req.raw))
app.get('/metrics', (context) => context.json(relay.stats()))
app.get(
  '/analytics/*',
  serveStatic({ root: plugin, rewriteRequestPath: (path) => path.slice('/analytics'.length) }),
)
app.get('/*', serveStatic({ root: 'public' }))

const server = serve({ fetch: app.fetch, port: Number(port) })
process.on('SIGTERM', async () => {
  await relay.close()
  server.close()
  process.exit()
})
