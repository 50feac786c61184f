import type { Page } from '@playwright/test'
import type { Account } from './sandbox.ts'

/** Sends a message as a site does. Returns the status of the answer; 0 without one. */
export const send = (account: Account, fields: object, headers: Record<string, string> = {}) => {
  const message = { messageId: crypto.randomUUID(), userId: 'ann', timestamp: new Date(), ...fields }
  const authorization = `Basic ${btoa(`${account.apiKey}:`)}`
  return statusOf(account.endpoint, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: JSON.stringify(message),
  })
}

/** Sends a request to the REST API as a backend does. Returns the status of the answer; 0 without one. */
export const rest = (
  { endpoint, token }: Pick<Account, 'endpoint' | 'token'>,
  method: string,
  path: string,
  body?: object,
) =>
  statusOf(new URL(`/api/public/${path}`, endpoint).href, {
    method,
    headers: { authorization: `Token ${token}`, accept: '*/*; version=2' },
    redirect: 'manual',
    ...(body && { body: JSON.stringify(body) }),
  })

const statusOf = (address: string, init: RequestInit): Promise<number> =>
  fetch(address, init).then(
    ({ status }) => status,
    () => 0,
  )

export const order = (userId: string, daysAgo = 0) => ({
  type: 'track',
  userId,
  event: 'Order Completed',
  properties: { total: 12 },
  timestamp: new Date(Date.now() - daysAgo * 86_400_000),
})

/** Opens a place of the inspector, such as `settings/domains`, for the test's account. */
export const openPlace = (page: Page, account: Account, place: string) =>
  page.goto(`${new URL(account.endpoint).origin}/?app=${account.id}#/${place}`)
