import ky from 'ky'
import { checkOptions } from '../checked-options.ts'
import type { RelayOptions } from '../options.ts'

/** What an account answered, word for word; `status` 0: nothing. */
export interface Said {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: nobody knows what is in it: that is what is asked.
  body: any
}
export type Ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<Said>

/** Asks a REST API one thing after the other, and waits where it says so. */
export function createAsk(options: Pick<RelayOptions, 'app' | 'url' | 'token'>): Ask {
  const { base, token, timeoutMs } = checkOptions({ ...options, origins: ['https://check.invalid'] })
  const http = ky.create({
    headers: { authorization: `Token ${token}`, accept: '*/*; version=2' },
    // An account that is asked too much is given time; a check is in no hurry.
    retry: { limit: 2, methods: ['get', 'post', 'put', 'delete'], statusCodes: [429], maxRetryAfter: 60_000 },
    timeout: timeoutMs,
    throwHttpErrors: false,
    redirect: 'manual',
  })
  return async (method, path, body) => {
    try {
      const response = await http(new URL(path, base), { method, ...(body && { json: body }) })
      const text = await response.text()
      return { status: response.status, body: parsed(text.replaceAll(token, '…')) }
    } catch {
      return { status: 0, body: undefined }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
