import type { Misconfigured, Retryable } from '../delivery/outcome.ts'

/** What the endpoint did, and what to do about it: the set-up is wrong. */
export function adviceFor({ cause, status, serverMessage }: Misconfigured, endpoint: string): string {
  const words = serverMessage ? ` "${serverMessage}"` : ''
  switch (cause) {
    case 'csp':
      return (
        `the page's Content-Security-Policy refuses requests to ${endpoint}. ` +
        `Add ${new URL(endpoint).origin} to its connect-src.`
      )
    case 'redirect':
      return (
        `${endpoint} redirects${words}. A redirect would lose the message: set \`endpoint\` to the URL that takes the ` +
        'messages itself, also as to a slash at its end.'
      )
    case 'web page':
      return (
        `${endpoint} answered ${status} with a web page. Nothing takes messages there: check the path of \`endpoint\`, ` +
        'and that your server routes it to the relay.'
      )
    case 'status':
      return `${endpoint} answered ${status}${words}. ${statusAdvice[status ?? 0] ?? ''}`
  }
}

const statusAdvice: Record<number, string> = {
  401: 'It does not know the apiKey: compare it with App settings > Advanced > Segment API keys.',
  403:
    'The apiKey is revoked (see App settings > Advanced > Segment API keys), or the domain of this page is not trusted ' +
    '(see App settings > Advanced > Domains).',
  404: 'Nothing takes messages there: check the URL of `endpoint`, also for a missing or superfluous slash at its end.',
  405: 'Nothing takes messages there: check the URL of `endpoint`, also for a missing or superfluous slash at its end.',
}

/** Why an attempt failed, for whoever debugs. */
export function failureOf({ cause, status, error }: Retryable): string {
  switch (cause) {
    case 'status':
      return `the endpoint answered ${status}`
    case 'timeout':
      return 'the endpoint did not answer in time'
    case 'network':
      return `the request failed (${error instanceof Error ? error.message : 'no reason given'})`
    case 'foreign':
      return 'a service worker or a proxy answered in place of the endpoint'
    case 'aborted':
      return 'the attempt was cancelled'
    case 'bug':
      return 'the plugin failed'
  }
}
