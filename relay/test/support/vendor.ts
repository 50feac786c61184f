import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after } from 'node:test'

/** A request that the vendor got. */
export interface Got {
  method: string
  /** Below `/api/public/`. */
  path: string
  headers: IncomingMessage['headers']
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into field by field, and the tests say what is there.
  body: any
}

/** What the vendor answers: `[status, body?, headers?]`, a page of text, or nothing at all. */
export type Said = [status: number, body?: unknown, headers?: Record<string, string>] | 'hang' | 'cut'
export type Rule = (request: Got, response: ServerResponse) => Said | undefined | Promise<Said | undefined>

/**
 * A vendor on loopback. `rules` are asked first, the newest first; what none of them answers goes well:
 * no attribute is defined, every user and company is there.
 */
export async function startVendor(...rules: Rule[]) {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const entry: Got = {
      method: request.method ?? '',
      path: (request.url ?? '').replace('/api/public/', ''),
      headers: request.headers,
      body: text && JSON.parse(text),
    }
    got.push(entry)
    for (const rule of rules) {
      const said = await rule(entry, response)
      if (said) return say(response, said)
    }
    say(response, wellBehaved(entry))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/api/public/`,
    got,
    /** `METHOD path` of each request, but for those about definitions. */
    calls: (): string[] =>
      got
        .filter(({ path }) => !path.startsWith('attributes/'))
        .map(({ method, path }) => `${method} ${path}`),
    bodies: (path: string) => got.filter((request) => request.path === path).map(({ body }) => body),
    /** Puts a rule before the others. */
    rule: (rule: Rule) => void rules.unshift(rule),
    clear: () => void got.splice(0),
  }
}

function say(response: ServerResponse, said: Said): void {
  if (said === 'hang') return
  if (said === 'cut') return void response.destroy()
  const [status, body, headers = {}] = said
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers })
  response.end(isText ? body : body === undefined ? '' : JSON.stringify(body))
}

function wellBehaved({ method, path }: Got): Said {
  if (path === 'users/update_or_create/') return [200, { created: false, id: 5 }]
  if (path.startsWith('attributes/'))
    return method === 'GET' ? [200, { results: [], next: null }] : [201, { id: 1 }]
  if (path.startsWith('companies')) return [200, { id: 9, employees: [] }]
  return [200, { id: 1, created: false }]
}
