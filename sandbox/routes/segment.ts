import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { apply } from '../apply.ts'
import type { App } from '../database/apps.ts'
import type { Received } from '../database/messages.ts'
import type { Store } from '../database/store.ts'
import { addressOf, cut, type Env } from '../node-connection.ts'
import type { Change } from '../rules/change.ts'
import { parseBody, type Refusal, readMessage } from '../rules/form.ts'
import { isTrusted } from '../rules/trust.ts'
import { readBody } from './body-text.ts'

/** 1 MB. */
const largestBody = 1024 * 1024

/** The endpoint behind a "Segment API key": takes one message per request, by Segment's contract for partners. */
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

/** The order of refusal: key, domain, fault, form. */
async function receive(store: Store, context: Context<Env>): Promise<Response> {
  const app = store.apps.byKey(apiKeyOf(context.req.header('authorization')) ?? '')
  if (!app) return refuse(context, unknownKey)

  const receivedAt = new Date().toISOString()
  const { text, tooLarge } = await readBody(context.req.raw, largestBody)
  const parsed = parseBody(text)
  const body = 'value' in parsed ? parsed.value : text
  const log = (status: number, rest: Partial<Received> = {}): void =>
    store.messages.log(app.id, {
      receivedAt,
      status,
      repeated: false,
      headers: context.req.header(),
      body,
      changes: [],
      ...rest,
    })
  const refused = (refusal: Refusal): Response => {
    log(refusal.status)
    return refuse(context, refusal)
  }

  const forbidden = whyForbidden(app, context.req.header('origin'))
  if (forbidden) return refused(forbidden)

  const fault = store.apps.takeFault(app.id)
  if (fault?.delayMs) await sleep(fault.delayMs)
  if (fault?.drop) {
    log(0)
    return cut(context)
  }
  if (fault?.status !== undefined) {
    log(fault.status)
    if (fault.retryAfter !== undefined) context.header('retry-after', String(fault.retryAfter))
    return context.json(
      { message: `A fault of the sandbox: ${fault.status}.` },
      fault.status as ContentfulStatusCode,
    )
  }

  if (tooLarge) return refused({ status: 413, message: `The body is larger than ${largestBody} bytes.` })
  if ('refusal' in parsed) return refused(parsed.refusal)
  const message = readMessage(parsed.value)
  if ('refusal' in message) return refused(message.refusal)

  const { value } = message
  store.transaction(() => {
    const isNew = store.messages.see(app.id, value.messageId)
    const arrival = { app: app.id, receivedAt, ip: addressOf(context) }
    const changes: Change[] = isNew ? apply(store, value, arrival) : []
    log(fault?.loseAnswer ? 0 : 200, { repeated: !isNew, changes })
  })
  return fault?.loseAnswer ? cut(context) : context.json({ success: true })
}

const unknownKey: Refusal = {
  status: 401,
  message:
    'No app has this API key. Send it as "Authorization: Basic base64(<API key>:)"; see App settings > Advanced > Segment API keys.',
}

function whyForbidden(app: App, origin: string | undefined): Refusal | undefined {
  if (app.revoked) {
    return {
      status: 403,
      message: 'This API key is revoked. See App settings > Advanced > Segment API keys.',
    }
  }
  if (isTrusted(origin, app.domains)) return undefined
  return {
    status: 403,
    message: `The domain of ${origin} is not trusted, only ${app.domains.join(', ')}. See App settings > Advanced > Domains.`,
  }
}

const refuse = (context: Context, { status, message }: Refusal): Response => context.json({ message }, status)

/** The user name of Basic authentication. */
function apiKeyOf(authorization = ''): string | undefined {
  const credentials = /^Basic\s+(\S+)$/i.exec(authorization)?.[1]
  return credentials && Buffer.from(credentials, 'base64').toString('utf8').split(':')[0]
}
