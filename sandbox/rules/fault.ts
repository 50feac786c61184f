import * as v from 'valibot'

/** A failure that the sandbox plays to the next messages of an app. */
export interface Fault {
  /**
   * HTTP status of the answer; the message is not applied.
   * @default 503 with a `retryAfter`, otherwise the usual answer
   */
  status?: number
  /** Seconds, for the `Retry-After` header of that answer. */
  retryAfter?: number
  /** Milliseconds before anything else happens. */
  delayMs?: number
  /** The sandbox cuts the connection and does not apply the message. */
  drop?: boolean
  /** The sandbox applies the message, then cuts the connection before it answers. */
  loseAnswer?: boolean
  /**
   * The number of messages that the fault affects.
   * @default 1
   */
  times?: number
}

/** The answer to a request. */
export interface Answer {
  /** HTTP status; 0 means no answer at all. */
  status: number
  message?: string
  /** Seconds. */
  retryAfter?: number
}

/** The answer that a fault gives instead of the usual one; `undefined` if the message is applied as usual. */
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

/** Node fires a timer with a longer delay at once (https://nodejs.org/api/timers.html). */
const longestDelay = 2 ** 31 - 1

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A field of a fault, with one message for everything that may be wrong with it. */
const field = <Schema extends v.GenericSchema>(name: keyof Fault, schema: Schema, expected: string) =>
  v.exactOptional(
    v.message(
      schema,
      ({ input }) => `"${name}" of a fault must be ${expected}, got ${JSON.stringify(input)}.`,
    ),
  )

const fields = {
  status: field(
    'status',
    v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    'an HTTP status from 200 to 599',
  ),
  retryAfter: field('retryAfter', count, 'a number of seconds'),
  delayMs: field(
    'delayMs',
    v.pipe(count, v.maxValue(longestDelay)),
    `a number of milliseconds up to ${longestDelay}`,
  ),
  drop: field('drop', v.boolean(), 'true or false'),
  loseAnswer: field('loseAnswer', v.boolean(), 'true or false'),
  times: field('times', v.pipe(count, v.minValue(1)), 'a number of messages above 0'),
}

const effects = ['status', 'retryAfter', 'delayMs', 'drop', 'loseAnswer'] as const

/** A fault that may have `more` fields. */
const faultOf = (more: v.ObjectEntries) =>
  v.pipe(
    v.strictObject({ ...fields, ...more }, ({ expected, received, input }) =>
      expected === 'never'
        ? `A fault has no ${received}; it may have ${Object.keys({ ...fields, ...more }).join(', ')}.`
        : `A fault must be an object, got ${JSON.stringify(input)}.`,
    ),
    v.check(
      (fault: Fault) => effects.some((name) => fault[name] !== undefined && fault[name] !== false),
      `A fault must do something: give at least one of ${effects.join(', ')}.`,
    ),
  )

/** The body of a request that sets or adds faults; `more` are fields that only these faults have. */
export const faultsSchemaWith = <F extends Fault>(more: v.ObjectEntries) =>
  v.array(
    faultOf(more),
    'The body must be an array of faults, such as [{"status": 503, "retryAfter": 2}].',
  ) as unknown as v.GenericSchema<unknown, F[]>

/** The same for messages to the Segment endpoint. */
export const faultsSchema = faultsSchemaWith<Fault>({})
