import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import type { Result } from '../../delivery/result.ts'
import type { RelayOptions } from '../../options.ts'
import { createRelay, type Relay } from '../../relay.ts'

export const origin = 'https://shop.example'
export const token = 'token-of-the-account-0123456789abcdef'

/** A message with what every message has; `fields` adds and replaces, `undefined` leaves out. */
export const messageOf = (fields: object): Record<string, unknown> => ({
  type: 'track',
  event: 'Signed Up',
  messageId: randomUUID(),
  userId: 'ann',
  timestamp: '2026-11-24T12:00:00.000Z',
  context: {},
  ...fields,
})

const opened = new Set<Relay>()

/** Ends the relays of the test, before what they need ends. */
export async function closeRelays(): Promise<void> {
  await Promise.all([...opened].map((relay) => relay.close()))
  opened.clear()
}

/** A relay to a vendor, and how a page talks to it. */
export function relayTo(url: string, options: Partial<RelayOptions> = {}) {
  const results: Result[] = []
  const relay: Relay = createRelay({
    url,
    token,
    origins: [origin],
    onResult: (result) => void results.push(result),
    ...options,
  })
  opened.add(relay)
  after(closeRelays)
  const post = (body: string | null, headers: Record<string, string> = {}): Promise<Response> =>
    relay(
      new Request('https://shop.example/hello', { method: 'POST', body, headers: { origin, ...headers } }),
    )
  return {
    relay,
    results,
    post,
    send: (fields: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
      post(JSON.stringify(messageOf(fields)), headers),
    get: (): Promise<Response> => relay(new Request('https://shop.example/hello', { headers: { origin } })),
  }
}

/** What a refusal says. */
export const said = async (response: Response): Promise<string> =>
  ((await response.json()) as { message: string }).message
