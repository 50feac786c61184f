import { fileURLToPath } from 'node:url'
import { type HttpBindings, type ServerType, serve } from '@hono/node-server'
import { createApp } from '../../sandbox/app.ts'
import { openStore } from '../../sandbox/database/store.ts'
import { acrossLine, type Line, lineOf } from './line.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts something that answers requests, on a free port of loopback. */
export async function listen(fetch: Answer): Promise<Listening> {
  const server = await new Promise<ServerType>((resolve) => {
    const starting = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(starting))
  })
  const { port } = server.address() as { port: number }
  return {
    origin: `http://localhost:${port}`,
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
type Answer = Parameters<typeof serve>[0]['fetch']
export interface Listening {
  origin: string
  close(): void
}

/** The real sandbox, with a database in memory, behind a line that a test can cut. */
export function startSandbox(): Promise<Listening> {
  const app = createApp(openStore(':memory:'), root)
  return listen((request, env) => acrossLine(request, env, () => app.fetch(request, env as HttpBindings)))
}

export interface ReceivedMessage {
  receivedAt: string
  status: number
  repeated: boolean
  headers: Record<string, string>
  body: {
    type: string
    messageId: string
    timestamp: string
    sentAt: string
    event?: string
    context: Context
  } & Fields
}
type Fields = Record<string, unknown>
type Context = Record<string, Record<string, unknown>> & {
  userAgent: string
  locale: string
  timezone: string
}

/** One customer's account in the sandbox: every test has its own. */
export type Account = Awaited<ReturnType<typeof openAccount>>

export async function openAccount(origin: string) {
  const ask = (path: string, init?: RequestInit) => askSandbox(origin, path, init)
  const { id, apiKey, token } = (await ask('/api/sandbox/apps', { method: 'POST' })) as Record<string, string>
  const put = (path: string, body: unknown) =>
    ask(`/api/sandbox/apps/${id}/${path}`, { method: 'PUT', body: JSON.stringify(body) })
  const read = (path: string) => ask(`/api/sandbox/apps/${id}/${path}`)

  const messages = () => messagesOf(origin, String(id))
  return {
    id: id as string,
    apiKey: apiKey as string,
    /** Of the REST API. */
    token: token as string,
    endpoint: `${origin}/api/segment/`,
    line: lineOf(apiKey as string) as Line,
    /** All messages received, refused and repeated ones too. */
    messages,
    /** The requests to its REST API. */
    restRequests: () => read('rest/requests') as Promise<Fields[]>,
    /** The names of the events that were applied, in order of arrival. */
    async events(): Promise<(string | undefined)[]> {
      return (await messages())
        .filter(({ status }) => status === 200)
        .map(({ body }) => body.event ?? body.type)
    },
    answersWith: (...faults: object[]) => put('faults', faults),
    revokesKey: (revoked: boolean) => put('key', { revoked }),
    trusts: (...domains: string[]) => put('domains', domains),
    profile: (customId: string) => read(`users/${customId}`) as Promise<Fields>,
    eventsOf: (customId: string) => read(`users/${customId}/events`) as Promise<Fields[]>,
    pageViewsOf: (customId: string) => read(`users/${customId}/page_views`) as Promise<Fields[]>,
    company: (customId: string) => read(`companies/${customId}`) as Promise<Fields>,
  }
}

/** All messages that the app "demo" has received, whose key and token the examples use. */
export const messagesOfDemo = (origin: string): Promise<ReceivedMessage[]> => messagesOf(origin, 'demo')

/** How the app "demo" answers its next messages; the usual way without any. */
export const demoAnswersWith = (origin: string, ...faults: object[]): Promise<unknown> =>
  askSandbox(origin, '/api/sandbox/apps/demo/faults', { method: 'PUT', body: JSON.stringify(faults) })

const messagesOf = (origin: string, app: string): Promise<ReceivedMessage[]> =>
  askSandbox(origin, `/api/sandbox/apps/${app}/messages`) as Promise<ReceivedMessage[]>

async function askSandbox(origin: string, path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(`${origin}${path}`, init)
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
