import { after } from 'node:test'
import { startRedisServer, whyNoRedis } from './redis-server.ts'
import { closeRelays } from './relay.ts'

/** For `test`: what to say where there is no Redis. */
export const withRedis = whyNoRedis ? { skip: whyNoRedis } : {}

/** A Redis of the test, which ends with it. */
export async function startRedis() {
  const redis = await startRedisServer()
  after(async () => {
    await closeRelays()
    redis.close()
  })
  return redis
}
