import { DelayedError, type Job, Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Message } from '../../protocol/message.ts'
import { createKeys } from '../delivery/keys.ts'
import type { DeliverSpooled, Spool } from '../delivery/ports.ts'
import { connect, connectPatiently } from './connect.ts'

/** A user whose messages wait: the key of his list, and how often its first message was tried in vain. */
interface Waiting {
  line: string
  tries: number
}

const weekMs = 7 * 86_400_000
const longestPauseMs = 10 * 60_000
const usersAtOnce = 20
const patienceMs = 3000

/**
 * A spool in Redis. Each user has a list of his messages, and at most one job of BullMQ that delivers them from the
 * first to the last; a message that is not taken holds back those behind it, with growing pauses.
 *
 * @param given where Redis is, such as `redis://localhost:6379`, or a client of ioredis, whose settings are taken
 */
export function redisSpool(given: string | Redis): Spool {
  const redis = connect(given)
  const connection = connectPatiently(given)
  let keyOf = createKeys('')
  let queue: Queue<Waiting> | undefined
  let worker: Worker<Waiting> | undefined
  const lineOf = (id: string): Promise<string> => keyOf('waiting', id)
  /** That of any of the ids: a visitor who signs up has two. */
  async function waitingLine(ids: readonly string[]): Promise<string | undefined> {
    for (const line of await Promise.all(ids.map(lineOf))) if (await redis.exists(line)) return line
    return undefined
  }

  return {
    async add(ids, message) {
      const line = (await waitingLine(ids)) ?? (await lineOf(ids[0] as string))
      await redis.rpush(line, JSON.stringify({ since: Date.now(), message }))
      await inTime(
        queue?.add(
          'deliver',
          { line, tries: 0 },
          {
            // One job for each user; one that comes while it is at work starts another when that ends.
            deduplication: { id: line.replaceAll(':', '-'), keepLastIfActive: true },
            removeOnComplete: true,
            removeOnFail: true,
          },
        ),
      )
    },

    isWaiting: async (ids) => (await waitingLine(ids)) !== undefined,

    start(name, deliver) {
      keyOf = createKeys(name)
      const queueName = `userengage-relay-${name.replaceAll(':', '_')}`
      queue = new Queue(queueName, { connection })
      worker = new Worker(queueName, (job, token) => drain(redis, job, token, deliver), {
        connection,
        concurrency: usersAtOnce,
        // A process that was killed is noticed within seconds; that may happen any number of times.
        lockDuration: 10_000,
        stalledInterval: 5000,
        maxStalledCount: 1_000_000,
      })
      queue.on('error', () => {})
      worker.on('error', () => {})
    },

    async close() {
      // A Redis that is away answers no goodbye: then the connections are cut.
      for (const part of [worker, queue]) {
        await inTime(part?.close()).catch(() => inTime(part?.disconnect()).catch(() => {}))
      }
      for (const each of [redis, connection]) each.disconnect()
    },
  }
}

/** Delivers what waits for one user, in order. */
async function drain(
  redis: Redis,
  job: Job<Waiting>,
  token: string | undefined,
  deliver: DeliverSpooled,
): Promise<void> {
  let { line, tries } = job.data
  for (;;) {
    const first = await redis.lindex(line, 0)
    if (first === null) return
    const { since, message } = JSON.parse(first) as { since: number; message: Message }
    const { settled, afterMs = 0 } = await deliver(message, Date.now() - since > weekMs)
    if (!settled) {
      await job.updateData({ line, tries: tries + 1 })
      await job.moveToDelayed(Date.now() + Math.max(afterMs, pauseMs(tries)), token)
      throw new DelayedError()
    }
    // This very entry: a process that was thought dead may have removed it already.
    await redis.lrem(line, 1, first)
    tries = 0
  }
}

/** 1, 2, 4 … seconds and up to a quarter more, so that users do not come back together. */
const pauseMs = (tries: number): number =>
  Math.min(longestPauseMs, 1000 * 2 ** tries) * (1 + Math.random() / 4)

/** BullMQ waits for Redis without end; the page does not. */
async function inTime(work: Promise<unknown> | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer.')), patienceMs)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
