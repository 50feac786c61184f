import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { parseBody, type Read, type Refusal, readMessage } from '../../protocol/form.ts'
import type { Message } from '../../protocol/message.ts'
import type { App } from '../api-types.ts'
import { apply } from '../apply/apply.ts'
import type { Received } from '../database/messages.ts'
import type { Store } from '../database/store.ts'
import { addressOf, cut, type Env } from '../node-connection.ts'
import { apiKeyOf, forbiddenFor, unknownKey } from '../rules/access.ts'
import type { Change } from '../rules/change.ts'
import { type Answer, faultAnswer } from '../rules/fault.ts'
import { readBody } from './body-text.ts'

/** 1 MB. */
const largestBody = 1024 * 1024

/** The endpoint of a "Segment API key". It takes one message per request, by Segment's contract for partners. */
export function segmentRoutes(store: Store): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(
    cors({
      origin: '*',
      allowMethods: ['POST'],
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['retry-after'],
      maxAge: 600,
    }),
  )
  routes.post('/', (context) => receive(store, context))
  return routes
}

/** Answers one request. The checks run in this order: key, domain, fault, form. */
async function receive(store: Store, context: Context<Env>): Promise<Response> {
  const { authorization, origin } = context.req.header()
  const app = store.apps.byKey(apiKeyOf(authorization) ?? '')
  if (!app) return answer(context, unknownKey(authorization))

  const request = await readRequest(context)
  const forbidden = forbiddenFor(app, origin)
  const fault = (!forbidden && store.apps.takeFault(app.id)) || {}
  if (fault.delayMs) await sleep(fault.delayMs)

  const isCut = fault.drop || fault.loseAnswer
  const outcome = await store.together(() => {
    const outcome: Outcome = forbidden ?? faultAnswer(fault) ?? applyOnce(store, app, request)
    const { status, message, repeated = false, changes = [] } = outcome
    store.messages.log(app.id, {
      ...request.received,
      status: isCut ? 0 : status,
      repeated,
      changes,
      answer: message ?? null,
    })
    return outcome
  })
  store.messages.notify(app.id)
  return isCut ? cut(context) : answer(context, outcome)
}

/** The answer to a request, and the changes that its message made. */
interface Outcome extends Answer {
  repeated?: boolean
  changes?: Change[]
}

/** Checks the form of a message, and applies it unless it was applied before. */
function applyOnce(store: Store, app: App, { message, received, ip }: Request): Outcome {
  if ('refusal' in message) return message.refusal
  const isNew = store.messages.markApplied(app.id, message.value.messageId)
  const arrival = { app: app.id, receivedAt: received.receivedAt, ip }
  return { status: 200, repeated: !isNew, changes: isNew ? apply(store, message.value, arrival) : [] }
}

/** A request for the log, and its message. */
interface Request {
  received: Pick<Received, 'receivedAt' | 'headers' | 'body'>
  message: Read<Message>
  ip: string
}

async function readRequest(context: Context<Env>): Promise<Request> {
  const receivedAt = new Date().toISOString()
  const { text, size, tooLarge } = await readBody(context.req.raw, largestBody)
  const parsed: Read<unknown> = tooLarge ? { refusal: tooLargeRefusal(size) } : parseBody(text)
  const message = 'refusal' in parsed ? parsed : readMessage(parsed.value)
  const body = 'value' in parsed ? parsed.value : text
  return { received: { receivedAt, headers: context.req.header(), body }, message, ip: addressOf(context) }
}

const tooLargeRefusal = (size: number): Refusal => ({
  status: 413,
  message: `The body is larger than ${largestBody} bytes: it has ${size}.`,
})

function answer(context: Context, { status, message, retryAfter }: Answer): Response {
  if (retryAfter !== undefined) context.header('retry-after', String(retryAfter))
  // These statuses have no body: Response throws if it gets one.
  if (status === 204 || status === 205 || status === 304) return context.body(null, status)
  return context.json(message ? { message } : { success: true }, status as ContentfulStatusCode)
}
