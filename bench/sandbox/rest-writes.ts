import { randomUUID } from 'node:crypto'
import type { Sent } from './load.ts'

const headers = {
  authorization: 'Token demo-token',
  accept: '*/*; version=2',
  'content-type': 'application/json',
}
const users = 500
const products = 20

/** Creates the users and products that the writes are about. */
export async function prepareRest(address: string): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const { ok, status } = await fetch(`${address}/api/public/${path}`, init)
    if (!ok) throw new Error(`${path} answered ${status}`)
  }
  for (let index = 0; index < users; index++) {
    await post('users/update_or_create/', { custom_id: `rest-${index}` })
  }
  for (let index = 0; index < products; index++) await post('products/', { custom_id: `product-${index}` })
}

/** The writes of a relay: profiles, events, page views and product events in turn. */
export function restWrite(index: number): Sent {
  const id = randomUUID()
  const user = `rest-${index % users}`
  const [path, body] = [
    ['users/update_or_create/', { custom_id: user, email: `${user}@example.com`, plan: 'pro', write: id }],
    [`users-by-id/${user}/events/`, { name: 'Product Viewed', data: { sku: 'sku-1', total: 12, write: id } }],
    [`users-by-id/${user}/events/`, { name: 'Page view', data: { url: 'https://shop.example/', write: id } }],
    [
      `products-by-id/product-${index % products}/product_event/`,
      {
        user_custom_id: user,
        event_type: 'view',
        data: { name: 'Product', price: 12, custom_data: { write: id } },
      },
    ],
  ][index % 4] as [string, object]
  return { id, path: `/api/public/${path}`, headers, body: JSON.stringify(body) }
}

/** The ids of the writes in a log of REST requests. */
export const idsOf = (requests: { body: unknown }[]): Set<string> =>
  new Set(requests.flatMap(({ body }) => /"write":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? []))
