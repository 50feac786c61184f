import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { readSerials } from './read-serials.ts'

/** What a collector does with requests that carry events. */
export interface Behaviour {
  /** HTTP status; 200 by default. */
  status?: number
  headers?: Record<string, string>
  /** How long it waits before it answers, in milliseconds. */
  latencyMs?: number
  /** Cuts the connection without having read the events. */
  cut?: boolean
  /** Takes the events, and cuts the connection without an answer. */
  loseAnswer?: boolean
  /** For how many requests; all by default. */
  times?: number
  /** Only for requests with the event of this serial number. */
  only?: number
}

export interface Arrival {
  serial: number
  /** When the first bytes of its request came, in milliseconds since 1970. */
  at: number
}

/** A vendor's server, as far as a page can see: it takes what comes, and remembers what events were in it. */
export interface Collector {
  url: string
  behaviour: Behaviour
  /** Every event that was taken, as often as it was. */
  arrivals: Arrival[]
  /** All requests, whatever became of them. */
  traffic: { requests: number; preflights: number; bytes: number }
  /** Requests that carried events, whatever became of them. */
  attempts: number
  close(): void
}

const now = (): number => performance.timeOrigin + performance.now()

/** @param answer the body that the contestant takes for success */
export async function openCollector(answer: string): Promise<Collector> {
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy())
  })

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const head = `${request.method} ${request.url} HTTP/1.1\r\n${request.rawHeaders.join('  ')}`
    collector.traffic.requests++
    collector.traffic.bytes += Buffer.byteLength(head) + body.length
    const cors = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-expose-headers': 'retry-after',
      'access-control-max-age': '600',
      'cross-origin-resource-policy': 'cross-origin',
    }
    if (request.method === 'OPTIONS') {
      collector.traffic.preflights++
      response.writeHead(204, cors).end()
      return
    }
    const serials = readSerials(body)
    if (serials.length > 0) collector.attempts++
    const { status = 200, headers = {}, latencyMs = 0, cut, loseAnswer } = behave(serials)
    if (cut) return void request.socket.destroy()
    if (status < 300) collector.arrivals.push(...serials.map((serial) => ({ serial, at })))
    if (loseAnswer) return void request.socket.destroy()
    await pause(latencyMs)
    response.writeHead(status, { ...cors, 'content-type': 'application/json', ...headers })
    // Some believe the body rather than the status.
    response.end(status < 300 ? answer : JSON.stringify({ code: status, error: 'try again later' }))
  }

  function behave(serials: number[]): Behaviour {
    const { behaviour } = collector
    const { only } = behaviour
    if (serials.length === 0 || (only !== undefined && !serials.includes(only))) return {}
    if (behaviour.times) {
      collector.behaviour = behaviour.times > 1 ? { ...behaviour, times: behaviour.times - 1 } : {}
    }
    return behaviour
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const collector: Collector = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    behaviour: {},
    arrivals: [],
    traffic: { requests: 0, preflights: 0, bytes: 0 },
    attempts: 0,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return collector
}
