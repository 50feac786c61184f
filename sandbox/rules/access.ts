import type { Refusal } from '../../protocol/form.ts'
import { isTrusted } from './trust.ts'

/** Where UserEngage's page on the destination sends who reads of a 401 or a 403. */
const keys = 'App settings > Advanced > Segment API keys'
const domains = 'App settings > Advanced > Domains'

/** The user name of Basic authentication, which is the API key; `undefined` where there is none. */
export function apiKeyOf(authorization = ''): string | undefined {
  const credentials = /^Basic\s+(\S+)$/i.exec(authorization)?.[1]
  return (credentials && Buffer.from(credentials, 'base64').toString('utf8').split(':')[0]) || undefined
}

/** Why a request is let in to no app, by the `Authorization` that it came with. */
export function whyUnknown(authorization: string | undefined): Refusal {
  const key = apiKeyOf(authorization)
  return {
    status: 401,
    message: `${key ? `No app has this API key: ${shown(key)}.` : whyNoKey(authorization)} Send it as "Authorization: Basic base64(<API key>:)"; see ${keys}.`,
  }
}

function whyNoKey(authorization = ''): string {
  if (authorization === '') return 'There is no API key: the request has no "Authorization".'
  return /^Basic\b/i.test(authorization)
    ? 'There is no API key in "Authorization".'
    : `There is no API key: "Authorization" is of the kind ${shown(authorization.split(' ')[0] ?? '')}.`
}

/** Why a request may not write to the app whose key it has; `undefined` where it may. */
export function whyForbidden(
  app: { revoked: boolean; domains: readonly string[] },
  origin: string | undefined,
): Refusal | undefined {
  if (app.revoked) return { status: 403, message: `This API key is revoked. See ${keys}.` }
  if (isTrusted(origin, app.domains)) return undefined
  const who =
    origin === 'null' ? 'A page without a domain, such as a file (Origin null),' : `The domain of ${origin}`
  return {
    status: 403,
    message: `${who} is not trusted, only ${app.domains.join(', ')}. See ${domains}.`,
  }
}

/** As JSON: a text of a stranger stays in its line. */
const shown = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
