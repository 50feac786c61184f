import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Entry } from '../../api-types.ts'
import { createApp } from '../../app.ts'
import { openStore } from '../../database/store.ts'
import type { RestEntry } from '../../rest-types.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const sandbox = createApp(openStore(':memory:'), root)

/** Sends a request to a sandbox, in this process or behind a port. */
export type Ask = (path: string, init?: RequestInit) => Response | Promise<Response>

/** The sandbox that the tests of this process share. */
export const ask: Ask = (path, init) => sandbox.request(path, init)

/** A message with all required fields. `fields` adds or replaces some; `undefined` removes one. */
export const messageOf = (fields: object): Record<string, unknown> => ({
  messageId: randomUUID(),
  userId: 'ann',
  timestamp: '2026-11-24T12:00:00.000Z',
  context: {},
  ...fields,
})

export type Account = Awaited<ReturnType<typeof openAccount>>
// biome-ignore lint/suspicious/noExplicitAny: the tests assert the fields of an answer one by one.
type Answer = any

/** Creates an app, so that tests do not share data. */
export async function openAccount(to: Ask = ask) {
  const created = await to('/api/sandbox/apps', { method: 'POST' })
  const app = (await created.json()) as { id: string; apiKey: string; token: string }
  return accountOf(app, to)
}

/** The requests of a test to an existing app. */
export function accountOf(app: { id: string; apiKey: string; token: string }, to: Ask = ask) {
  const { id, apiKey, token } = app
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`
  const json = async (response: Response | Promise<Response>): Promise<Answer> => (await response).json()

  const post = async (body: BodyInit | null, headers: Record<string, string> = {}) =>
    to('/api/segment/', { method: 'POST', headers: { authorization, ...headers }, body })
  const control = (path: string, method = 'GET', body?: unknown) =>
    to(`/api/sandbox/apps/${id}${path}`, { method, ...(method !== 'GET' && { body: JSON.stringify(body) }) })
  const read = (path: string, init: RequestInit = {}) =>
    to(`/api/public${path}`, { headers: { authorization: `Token ${token}` }, ...init })
  const rest = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await to(`/api/public/${path}`, {
      method,
      headers: { authorization: `Token ${token}`, accept: '*/*; version=2', ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as Answer }
  }

  return {
    ...app,
    authorization,
    /** Posts a body unchanged. */
    post,
    /** Posts a message, completed by `messageOf`. */
    send: async (fields: object, headers?: Record<string, string>) =>
      post(JSON.stringify(messageOf(fields)), headers),
    control,
    read,
    /** Asks the REST API, version 2 unless `headers` say otherwise. A text is sent as it is. */
    rest,
    restRequests: (query = ''): Promise<RestEntry[]> => json(control(`/rest/requests${query}`)),
    put: (path: string, body: unknown) => control(path, 'PUT', body),
    /** Defines an attribute of users, unless `definition` says otherwise. */
    define: (definition: object) =>
      control('/attributes', 'POST', { content_type: 'clientuser', ...definition }),
    messages: (query = ''): Promise<Entry[]> => json(control(`/messages${query}`)),
    lastMessage: async (): Promise<Entry> => (await json(control('/messages?newest=1')))[0],
    users: (query = ''): Promise<Answer> => json(control(`/users${query}`)),
    profile: (customId = 'ann'): Promise<Answer> => json(control(`/users/${encodeURIComponent(customId)}`)),
    events: (customId = 'ann'): Promise<Answer> =>
      json(control(`/users/${encodeURIComponent(customId)}/events`)),
    pageViews: (customId = 'ann'): Promise<Answer> =>
      json(control(`/users/${encodeURIComponent(customId)}/page_views`)),
    company: (customId: string): Promise<Answer> =>
      json(control(`/companies/${encodeURIComponent(customId)}`)),
    definitions: (): Promise<Answer> => json(control('/attributes')),
  }
}

/** The message of an error answer. */
export const errorMessage = async (response: Response): Promise<string> =>
  ((await response.json()) as { message: string }).message
