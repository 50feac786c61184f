import type { Refusal } from '../../protocol/form.ts'
import { isTrusted } from './trust.ts'

/** Places in UserEngage's settings, as its page on the Segment destination names them. */
const keys = 'App settings > Advanced > Segment API keys'
const domains = 'App settings > Advanced > Domains'

/** The API key: the user name of Basic authentication. `undefined` without one. */
export function apiKeyOf(authorization = ''): string | undefined {
  const credentials = /^Basic\s+(\S+)$/i.exec(authorization)?.[1]
  return (credentials && Buffer.from(credentials, 'base64').toString('utf8').split(':')[0]) || undefined
}

/** The refusal of a request whose `Authorization` has no key of any app. */
export function unknownKey(authorization: string | undefined): Refusal {
  const key = apiKeyOf(authorization)
  return {
    status: 401,
    message: `${key ? `No app has this API key: ${quoted(key)}.` : missingKey(authorization)} Send it as "Authorization: Basic base64(<API key>:)"; see ${keys}.`,
  }
}

function missingKey(authorization = ''): string {
  if (authorization === '') return 'There is no API key: the request has no "Authorization".'
  return /^Basic\b/i.test(authorization)
    ? 'There is no API key in "Authorization".'
    : `There is no API key: "Authorization" is of the kind ${quoted(authorization.split(' ')[0] ?? '')}.`
}

/** The refusal of a request with a revoked key or from an untrusted domain; `undefined` for any other. */
export function forbiddenFor(
  app: { revoked: boolean; domains: readonly string[] },
  origin: string | undefined,
): Refusal | undefined {
  if (app.revoked) return { status: 403, message: `This API key is revoked. See ${keys}.` }
  if (isTrusted(origin, app.domains)) return undefined
  const subject =
    origin === 'null' ? 'A page without a domain, such as a file (Origin null),' : `The domain of ${origin}`
  return {
    status: 403,
    message: `${subject} is not trusted, only ${app.domains.join(', ')}. See ${domains}.`,
  }
}

/** Quotes as JSON: a text with line breaks stays on one line. */
const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
