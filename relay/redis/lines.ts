import type { Redis } from 'ioredis'
import type { Message } from '../../protocol/message.ts'

/** A message that waits, in a line for each id of its user: a visitor who signs up has two. */
export interface Waiting {
  lines: string[]
  since: number
  message: Message
}
/** The first of a line: what is kept of it, word for word, and what that says. */
export interface First {
  text: string
  waiting: Waiting
}

/** Puts a message at the end of all its lines, or of none. */
export const lineUp = (redis: Redis, waiting: Waiting): Promise<void> =>
  inAll(redis, waiting.lines, ['rpush', JSON.stringify(waiting)])

/**
 * The message that a line delivers next. One that stands in several lines is delivered by its first, when its turn has
 * come in all: so messages that share any id keep their order.
 */
export async function readFirst(
  redis: Redis,
  line: string,
): Promise<First | 'none' | 'waits for another line'> {
  const text = await redis.lindex(line, 0)
  if (text === null) return 'none'
  const waiting = JSON.parse(text) as Waiting
  const heads = await Promise.all(waiting.lines.map((other) => redis.lindex(other, 0)))
  const isNext = waiting.lines[0] === line && heads.every((head) => head === text)
  return isNext ? { text, waiting } : 'waits for another line'
}

/** Takes a message out of its lines: this very entry, as a process that was thought dead may have done so already. */
export const withdraw = (redis: Redis, { text, waiting }: First): Promise<void> =>
  inAll(redis, waiting.lines, ['lrem', 1, text])

async function inAll(
  redis: Redis,
  lines: readonly string[],
  [command, ...args]: [string, ...(string | number)[]],
): Promise<void> {
  const results = await redis.multi(lines.map((line) => [command, line, ...args])).exec()
  const failed = results?.find(([error]) => error)
  if (failed?.[0]) throw failed[0]
}
