import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const headers = {
  authorization: `Basic ${Buffer.from('demo:').toString('base64')}`,
  'content-type': 'application/json',
}
const context = {
  userAgent: 'Mozilla/5.0',
  locale: 'en-US',
  page: { url: 'https://shop.example/', title: 'Shop' },
}
const kinds = [
  { type: 'track', event: 'Product Viewed', properties: { sku: 'sku-1', total: 12 } },
  { type: 'page', properties: {} },
  { type: 'track', event: 'Product Added', properties: { sku: 'sku-2', total: 24 } },
  { type: 'identify', traits: { plan: 'pro', email: 'ada@example.com' } },
]

/** A request of a load; `id` is in its body, by which the log tells it from others. */
export interface Sent {
  id: string
  path: string
  headers: Record<string, string>
  body: string
}

/** A message to the Segment endpoint. */
function message(index: number): Sent {
  const id = randomUUID()
  const fields = { ...kinds[index % kinds.length], messageId: id, userId: `user-${index % 500}`, context }
  const body = JSON.stringify({ ...fields, timestamp: new Date().toISOString() })
  return { id, path: '/api/segment/', headers, body }
}

/** What came of a load. */
export interface Load {
  /** Ids of the requests that were answered with success. */
  accepted: string[]
  /** How many got another answer, and how many none. */
  refused: number
  cut: number
  /** How long each answer took. */
  milliseconds: number[]
}

/**
 * Sends requests at a rate that does not wait for answers, as visitors do not.
 *
 * @param perSecond the rate; infinite: as fast as `connections` take them
 */
export async function load(
  address: string,
  count: number,
  perSecond: number,
  connections = 64,
  requestOf: (index: number) => Sent = message,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const result: Load = { accepted: [], refused: 0, cut: 0, milliseconds: [] }
  const start = performance.now()
  const pending = new Set<Promise<void>>()
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) / 1000) * perSecond))
    const most = perSecond === Infinity ? sent + connections - pending.size : due
    for (; sent < Math.min(count, most); sent++) {
      const one = send(agent, address, requestOf(sent), result).finally(() => pending.delete(one))
      pending.add(one)
    }
    if (perSecond === Infinity) await Promise.race(pending)
    else await sleep(5)
  }
  await Promise.all(pending)
  agent.destroy()
  return result
}

function send(agent: Agent, address: string, { id, path, headers, body }: Sent, result: Load): Promise<void> {
  const start = performance.now()
  return new Promise((resolve) => {
    const sending = request(address + path, { method: 'POST', agent, headers }, (response) => {
      result.milliseconds.push(performance.now() - start)
      if (response.statusCode === 200 || response.statusCode === 201) result.accepted.push(id)
      else result.refused++
      // A server that is killed in the middle of its answer has answered all the same.
      response.on('error', () => {}).resume()
    })
    sending.on('error', () => result.cut++).on('close', resolve)
    sending.end(body)
  })
}
