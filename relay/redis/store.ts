import type { Redis } from 'ioredis'
import type { Store } from '../delivery/ports.ts'
import { connect } from './connect.ts'

/**
 * A store that several instances share.
 *
 * @param given where Redis is, such as `redis://localhost:6379`, or a client of ioredis, whose settings are taken
 */
export function redisStore(given: string | Redis): Store & { close(): Promise<void> } {
  const redis = connect(given)
  return {
    get: (key) => redis.get(key),
    async set(key, text, ttlSeconds) {
      await redis.set(key, text, 'EX', ttlSeconds)
    },
    claim: async (key, ttlSeconds) => (await redis.set(key, '1', 'EX', ttlSeconds, 'NX')) === 'OK',
    async release(key) {
      await redis.del(key)
    },
    async close() {
      redis.disconnect()
    },
  }
}
