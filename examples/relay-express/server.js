import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { createRelay } from 'userengage-relay'

const { port } = parseArgs({ options: { port: { type: 'string', default: '3000' } } }).values
// Without an account: the sandbox, and the token of its demo app.
const { USERCOM_URL = 'http://localhost:4400/api/public/', USERCOM_TOKEN = 'demo-token' } = process.env

const relay = createRelay({ url: USERCOM_URL, token: USERCOM_TOKEN, origins: [`http://localhost:${port}`] })

const plugin = dirname(fileURLToPath(import.meta.resolve('userengage-analytics-next')))
const app = express()
// Before any body parser: the relay reads the body itself.
app.all(
  '/hello',
  getRequestListener((request) => relay(request)),
)
app.use('/analytics', express.static(plugin))
app.use(express.static('public'))

const server = app.listen(Number(port))
process.on('SIGTERM', async () => {
  await relay.close()
  server.close()
  process.exit()
})
