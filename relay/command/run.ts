import { serve } from '@hono/node-server'
import type { RelayOptions } from '../options.ts'
import { createRelay } from '../relay.ts'
import { forwardedFor } from '../request/client-address.ts'
import type { Run } from './read-command.ts'
import { stopOnSignal } from './stop.ts'

/** Starts a relay, says where, and writes a line of JSON for each message that is not simply delivered. */
export async function run(options: RelayOptions, { port, host, redis, proxies }: Run): Promise<void> {
  const relay = await attempt(async () =>
    createRelay({
      ...options,
      ...(redis && (await onRedis(redis))),
      ip: proxies > 0 ? forwardedFor(proxies) : undefined,
      onResult: ({ outcome, ...result }) => {
        if (outcome !== 'delivered' && outcome !== 'repeated')
          console.log(JSON.stringify({ outcome, ...result }))
      },
    }),
  )
  const server = serve({ fetch: (request) => relay(request), port, hostname: host })
  server.on('error', (error: NodeJS.ErrnoException) => {
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use: choose another, as with --port 4501.`
        : error.message,
    )
  })
  server.on('listening', () => {
    const address = server.address()
    const taken = typeof address === 'object' && address ? address.port : port
    console.log(`The relay is running.

  endpoint   http://${host === '127.0.0.1' ? 'localhost' : host}:${taken}/   (for the plugin; a GET tells its health)
`)
  })
  stopOnSignal(relay, server)
}

/** Redis is optional, and so are its packages. */
async function onRedis(url: string): Promise<Pick<RelayOptions, 'store' | 'spool'>> {
  const { redisSpool, redisStore } = await import('../redis.ts')
  return { store: redisStore(url), spool: redisSpool(url) }
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    return fail(
      isMissing
        ? 'With --redis, install its packages too: npm install ioredis bullmq'
        : (error as Error).message,
    )
  }
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
