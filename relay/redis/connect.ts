import { Redis } from 'ioredis'

const patienceMs = 2000

/** A connection of one's own, to where `given` leads. A Redis that is down must not hold the page's message for long. */
export function connect(given: string | Redis): Redis {
  const own = {
    maxRetriesPerRequest: 1,
    commandTimeout: patienceMs,
    connectTimeout: patienceMs,
    lazyConnect: true,
  }
  return silent(typeof given === 'string' ? new Redis(given, own) : given.duplicate(own))
}

/** A connection for BullMQ, whose workers wait for Redis as long as it takes. */
export function connectPatiently(given: string | Redis): Redis {
  const own = { maxRetriesPerRequest: null, lazyConnect: true }
  return silent(typeof given === 'string' ? new Redis(given, own) : given.duplicate(own))
}

/** Errors of the connection are those of the commands, which are told; without a listener ioredis prints them as well. */
function silent(redis: Redis): Redis {
  redis.on('error', () => {})
  return redis
}
