import { parseBody, readMessage } from '../../protocol/form.ts'
import type { Message } from '../../protocol/message.ts'
import type { CheckedOptions } from '../checked-options.ts'
import type { Verdict } from '../delivery/result.ts'
import { basicKey } from './api-key.ts'
import { readBody } from './body.ts'
import { createOrigins } from './origins.ts'
import { createRateLimit } from './rate-limit.ts'

const refused = (status: number, message: string): { verdict: Verdict } => ({
  verdict: { outcome: 'refused', status, message, reason: `answered ${status} by the relay` },
})
const waits = (status: number, message: string, afterMs?: number): { verdict: Verdict } => ({
  verdict: { outcome: 'waits', status, message, afterMs },
})

/** Takes the message out of a request: first who sends it, then whether it is one, then whether the site wants it. */
export function createReadMessage(options: CheckedOptions) {
  const { apiKeys, ip, maxBytes, timeoutMs, verify, beforeSend } = options
  const isTrusted = createOrigins(options.origins)
  const keys = apiKeys && new Set(apiKeys)
  const waitMs = createRateLimit()

  return async (request: Request): Promise<{ message: Message } | { verdict: Verdict }> => {
    const origin = request.headers.get('origin')
    if (origin === null ? !keys : !isTrusted(origin)) {
      return refused(
        403,
        'The relay does not take messages of this origin; "origins" lists those that may send.',
      )
    }
    if (keys && !keys.has(basicKey(request.headers.get('authorization')) ?? '')) {
      return refused(401, 'The API key is missing or unknown to the relay.')
    }
    const address = ip?.(request) || undefined
    const tooSoon = address ? waitMs(address) : 0
    if (tooSoon > 0) return waits(429, 'Too many messages from this address.', tooSoon)

    const body = await readBody(request, maxBytes, timeoutMs)
    if ('status' in body)
      return body.status === 408 ? waits(408, body.message) : refused(body.status, body.message)
    const parsed = parseBody(body.text)
    const read = 'value' in parsed ? readMessage(parsed.value) : parsed
    if ('refusal' in read) return refused(read.refusal.status, read.refusal.message)

    const message = withAddress(read.value, address)
    if (verify && !(await verify(message, request)))
      return refused(422, 'The site did not verify this message.')
    if (!beforeSend) return { message }
    const sent = await beforeSend(message)
    if (sent === null) return { verdict: { outcome: 'dropped', status: 200 } }
    const again = readMessage(sent)
    if ('refusal' in again) throw new TypeError(`beforeSend returned no message: ${again.refusal.message}`)
    return { message: sent }
  }
}

/** The visitor's address is the connection's, unless the site has set one. */
const withAddress = (message: Message, address: string | undefined): Message =>
  address ? { ...message, context: { ip: address, ...message.context } } : message
