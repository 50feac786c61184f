import { Redis, type RedisOptions } from 'ioredis'

const patienceMs = 2000

/** Replies stay as ioredis 5 has them; BullMQ reads no others. */
type Settings = Omit<RedisOptions, 'replyMapping'>

/**
 * A client whose `disconnect` always ends in `end`, for which BullMQ waits: told between two attempts to connect, ioredis
 * itself falls silent.
 */
class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    const isBetween = this.status === 'reconnecting' && !reconnect
    super.disconnect(reconnect)
    if (isBetween) {
      this.connect().then(
        () => super.disconnect(),
        () => {},
      )
    }
  }

  override duplicate(options: Partial<RedisOptions> = {}): Redis {
    return silent(new EndingRedis({ ...this.options, ...options } as Settings))
  }
}

/** A connection of one's own, to where `given` leads. A Redis that is down must not hold the page's message for long. */
export const connect = (given: string | Redis): Redis =>
  open(given, { maxRetriesPerRequest: 1, commandTimeout: patienceMs, connectTimeout: patienceMs })

/** A connection for BullMQ, whose workers wait for Redis as long as it takes. */
export const connectPatiently = (given: string | Redis): Redis => open(given, { maxRetriesPerRequest: null })

function open(given: string | Redis, settings: Settings): Redis {
  const own = { ...settings, lazyConnect: true }
  return silent(
    typeof given === 'string'
      ? new EndingRedis(given, own)
      : new EndingRedis({ ...given.options, ...own } as Settings),
  )
}

/** Errors of the connection are those of the commands, which are told; without a listener ioredis prints them as well. */
function silent(redis: Redis): Redis {
  redis.on('error', () => {})
  return redis
}
