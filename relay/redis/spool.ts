import { DelayedError, type Job, Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { createKeys } from '../delivery/keys.ts'
import type { DeliverSpooled, Spool } from '../delivery/ports.ts'
import { connect, connectPatiently } from './connect.ts'
import { lineUp, readFirst, withdraw } from './lines.ts'

/** The line of which a job delivers the messages, and how often the first was tried in vain. */
interface Task {
  line: string
  tries: number
}

const weekMs = 7 * 86_400_000
const longestPauseMs = 10 * 60_000
const otherLineMs = 5000
const usersAtOnce = 20
const patienceMs = 3000

/**
 * A spool in Redis. Each id of a user has a line of messages, and at most one job of BullMQ, which delivers them from the
 * first to the last; a message that is not taken holds back those behind it, with growing pauses.
 *
 * @param given where Redis is, such as `redis://localhost:6379`, or a client of ioredis, whose settings are taken
 */
export function redisSpool(given: string | Redis): Spool {
  const redis = connect(given)
  const connection = connectPatiently(given)
  let keyOf = createKeys('')
  let queue: Queue<Task> | undefined
  let worker: Worker<Task> | undefined
  const linesOf = (ids: readonly string[]): Promise<string[]> =>
    Promise.all([...new Set(ids)].map((id) => keyOf('waiting', id)))

  return {
    async add(ids, message) {
      const lines = await linesOf(ids)
      const [line = ''] = lines
      await lineUp(redis, { lines, since: Date.now(), message })
      await inTime(
        queue?.add(
          'deliver',
          { line, tries: 0 },
          {
            // One job for each line; one that comes while it is at work starts another when that ends.
            deduplication: { id: line.replaceAll(':', '-'), keepLastIfActive: true },
            // A Redis that is away for a moment must not end it: nobody else delivers this line.
            attempts: 1_000_000,
            backoff: { type: 'fixed', delay: 1000 },
            removeOnComplete: true,
            removeOnFail: true,
          },
        ),
      )
    },

    isWaiting: async (ids) => (await redis.exists(...(await linesOf(ids)))) > 0,

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

/** Delivers a line until it is empty, or its first message must wait. */
async function drain(
  redis: Redis,
  job: Job<Task>,
  token: string | undefined,
  deliver: DeliverSpooled,
): Promise<void> {
  let { line, tries } = job.data
  const pause = async (ms: number): Promise<never> => {
    await job.updateData({ line, tries })
    await job.moveToDelayed(Date.now() + ms, token)
    throw new DelayedError()
  }
  for (;;) {
    const first = await readFirst(redis, line)
    if (first === 'none') return
    if (first === 'waits for another line') return await pause(otherLineMs)
    const { since, message } = first.waiting
    const { settled, afterMs = 0 } = await deliver(message, Date.now() - since > weekMs)
    if (!settled) return await pause(Math.max(afterMs, pauseMs(tries++)))
    await withdraw(redis, first)
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
