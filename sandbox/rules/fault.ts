/** What shall happen to the next messages of an app, instead of or beside what usually does. */
export interface Fault {
  /**
   * HTTP status to answer with.
   * @default 503 where there is a `retryAfter`
   */
  status?: number
  /** Seconds, for the `Retry-After` header of that answer. */
  retryAfter?: number
  /** Milliseconds to wait first. */
  delayMs?: number
  /** The connection is cut before the message is looked at. */
  drop?: boolean
  /** The message is applied, and the connection cut before the answer. */
  loseAnswer?: boolean
  /**
   * To how many messages.
   * @default 1
   */
  times?: number
}

/** What a request is answered with. */
export interface Answer {
  /** HTTP status; 0 is no answer at all. */
  status: number
  message?: string
  /** Seconds. */
  retryAfter?: number
}

/** The answer that stands in the place of what a message usually gets; `undefined` where it is taken as usual. */
export function faultAnswer({
  drop,
  retryAfter,
  status = retryAfter === undefined ? 0 : 503,
}: Fault): Answer | undefined {
  if (drop) return { status: 0 }
  if (status === 0) return undefined
  return {
    status,
    message: `A fault of the sandbox: ${status}.`,
    ...(retryAfter !== undefined && { retryAfter }),
  }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
/** Node's timers end at once where they are to take longer. */
const longestDelay = 2 ** 31 - 1
const isFlag = (value: unknown): boolean => typeof value === 'boolean'
const rules: Record<keyof Fault, [fits: (value: unknown) => boolean, expected: string]> = {
  status: [
    (value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599,
    'an HTTP status from 200 to 599',
  ],
  retryAfter: [isCount, 'a number of seconds'],
  delayMs: [
    (value) => isCount(value) && (value as number) <= longestDelay,
    `a number of milliseconds up to ${longestDelay}`,
  ],
  drop: [isFlag, 'true or false'],
  loseAnswer: [isFlag, 'true or false'],
  times: [(value) => isCount(value) && value !== 0, 'a number of messages above 0'],
}

const effects = ['status', 'retryAfter', 'delayMs', 'drop', 'loseAnswer'] as const

/** What is wrong with a list of faults; `undefined` where nothing is. */
export function whyNotFaults(list: unknown): string | undefined {
  if (!Array.isArray(list))
    return 'The body must be an array of faults, such as [{"status": 503, "retryAfter": 2}].'
  for (const fault of list) {
    if (typeof fault !== 'object' || fault === null)
      return `A fault must be an object, got ${JSON.stringify(fault)}.`
    for (const [name, value] of Object.entries(fault)) {
      const rule = rules[name as keyof Fault]
      if (!rule) return `A fault has no "${name}"; it may have ${Object.keys(rules).join(', ')}.`
      if (!rule[0](value)) return `"${name}" of a fault must be ${rule[1]}, got ${JSON.stringify(value)}.`
    }
    if (!effects.some((name) => fault[name] !== undefined && fault[name] !== false))
      return `A fault must do something: give at least one of ${effects.join(', ')}.`
  }
  return undefined
}
