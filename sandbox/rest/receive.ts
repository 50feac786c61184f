import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { parseBody } from '../../protocol/form.ts'
import { isObject } from '../../protocol/json-object.ts'
import type { App } from '../api-types.ts'
import type { Store } from '../database/store.ts'
import { cut, type Env } from '../node-connection.ts'
import type { Scope } from '../rest-types.ts'
import { readBody } from '../routes/body-text.ts'
import { faultAnswer } from '../rules/fault.ts'
import { affects } from '../rules/rest-fault.ts'
import { type Answer, type Call, type Handler, refused } from './call.ts'

/** 1 MB. */
const largestBody = 1024 * 1024
/** An answer that is longer, such as a page of a hundred users, is not kept in the log, in characters of its JSON. */
const longestKept = 20_000

/**
 * Takes a request to the REST API from the network to a handler, and writes it down. The order of refusal: final slash,
 * token, what the token may do, fault, form.
 */
export async function receive(store: Store, handler: Handler, context: Context<Env>): Promise<Response> {
  const receivedAt = new Date().toISOString()
  const { method, url: address } = context.req
  const url = new URL(address)
  const path = url.pathname + url.search
  const token = tokenOf(context)
  const known = token === undefined ? undefined : store.apps.tokens.find(token)
  const app = known && store.apps.byId(known.app)
  const { text, size, tooLarge } = await readBody(context.req.raw, largestBody)
  if (!known || !app) return respond(context, withSlash(url) ?? unknown(token))

  const parsed = text === '' ? { value: {} } : parseBody(text)
  const refusal =
    withSlash(url) ??
    whyNotAllowed(known.scope, method) ??
    (tooLarge ? refused(413, `The body is larger than ${largestBody} bytes: it has ${size}.`) : undefined)
  const below = url.pathname.slice('/api/public/'.length)
  const fault = (!refusal && store.rest.takeFault(app.id, (fault) => affects(fault, below))) || {}
  if (fault.delayMs) await sleep(fault.delayMs)

  const isCut = fault.drop || fault.loseAnswer
  const answer = await store.together(() => {
    const call = callOf(store, app, context, url, receivedAt)
    const answer = refusal ?? faulty(fault) ?? bodied(parsed, (body) => handler({ ...call, body }))
    store.rest.requests.log(app.id, {
      receivedAt,
      method,
      path,
      status: isCut ? 0 : answer.status,
      headers: struckOut(context.req.header(), token ?? ''),
      body: text === '' ? null : 'value' in parsed && !tooLarge ? parsed.value : text,
      changes: call.changes,
      answer: kept(answer.body),
    })
    return answer
  })
  store.messages.notify(app.id)
  return isCut ? cut(context) : respond(context, answer)
}

const tokenOf = (context: Context): string | undefined =>
  /^Token\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]

/** Django appends the slash that is missing by a redirect, whose follower loses the body of a POST. */
function withSlash({ pathname, search }: URL): Answer | undefined {
  if (pathname.endsWith('/')) return undefined
  return { status: 301, headers: { location: `${pathname}/${search}` } }
}

function unknown(token: string | undefined): Answer {
  const why = token === undefined ? 'Authentication credentials were not provided' : 'Invalid token'
  const detail = `${why}: send "Authorization: Token <token>" with the REST token of an app; the inspector's settings show it.`
  return { status: 401, body: { detail }, headers: { 'www-authenticate': 'Token' } }
}

function whyNotAllowed(scope: Scope, method: string): Answer | undefined {
  const isRead = method === 'GET' || method === 'HEAD'
  if (scope === 'full' || (scope === 'read') === isRead) return undefined
  return refused(403, `This token may only ${scope}.`)
}

function callOf(
  store: Store,
  app: App,
  context: Context<Env>,
  url: URL,
  receivedAt: string,
): Omit<Call, 'body'> {
  return {
    store,
    app,
    version: /;\s*version=2\b/.test(context.req.header('accept') ?? '') ? 2 : 1,
    switches: store.rest.switches(app.id),
    params: context.req.param() as Record<string, string>,
    url,
    receivedAt,
    changes: [],
  }
}

function faulty(fault: Parameters<typeof faultAnswer>[0]): Answer | undefined {
  const answer = faultAnswer(fault)
  if (!answer) return undefined
  const { status, message, retryAfter } = answer
  return {
    status,
    body: { detail: message },
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
  }
}

function bodied(parsed: ReturnType<typeof parseBody>, work: (body: Call['body']) => Answer): Answer {
  if ('refusal' in parsed) return refused(400, parsed.refusal.message)
  const { value } = parsed
  return isObject(value) ? work(value) : refused(400, 'The body must be a JSON object.')
}

const struckOut = (headers: Record<string, string>, token: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(token, '***')]))

function kept(body: unknown): unknown {
  return body !== undefined && JSON.stringify(body).length <= longestKept ? body : null
}

function respond(context: Context, { status, body, headers = {} }: Answer): Response {
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  // These have no body by definition, and Response insists.
  if (body === undefined || status === 204 || status === 205 || status === 304) {
    return context.body(null, status as 204)
  }
  return context.json(body, status as ContentfulStatusCode)
}
