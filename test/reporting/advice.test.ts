import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Misconfigured, Retryable } from '../../lib/delivery/outcome.ts'
import { adviceFor, failureOf } from '../../lib/reporting/advice.ts'

const endpoint = 'https://ue.example/api/segment'

for (const [outcome, advice] of [
  [{ cause: 'status', status: 401 }, /answered 401\. It does not know the apiKey.*Segment API keys\.$/],
  [
    { cause: 'status', status: 403 },
    /answered 403\. The apiKey is revoked .*domain of this page.*Domains\)\.$/,
  ],
  [{ cause: 'status', status: 404 }, /answered 404\. Nothing takes messages there.*slash at its end\.$/],
  [{ cause: 'status', status: 405 }, /answered 405\. Nothing takes messages there.*slash at its end\.$/],
  [
    { cause: 'status', status: 403, serverMessage: 'Unknown domain' },
    /answered 403 "Unknown domain"\. The apiKey/,
  ],
  [
    { cause: 'redirect', status: 0 },
    /segment redirects\. A redirect would lose the message: set `endpoint` .* slash at its end\.$/,
  ],
  [
    { cause: 'csp' },
    /Content-Security-Policy refuses requests to https:.*Add https:\/\/ue\.example to its connect-src\.$/,
  ],
  [{ cause: 'web page', status: 200 }, /answered 200 with a web page\. .*path of `endpoint`.*relay\.$/],
] as const satisfies [Omit<Misconfigured, 'kind'>, RegExp][]) {
  test(`the advice for ${JSON.stringify(outcome)} says what to do, and names the endpoint`, () => {
    const text = adviceFor({ kind: 'misconfigured', ...outcome }, endpoint)
    assert.match(text, advice)
    assert.ok(text.includes(endpoint))
  })
}

for (const [failure, text] of [
  [{ cause: 'status', status: 503 }, 'the endpoint answered 503'],
  [{ cause: 'timeout' }, 'the endpoint did not answer in time'],
  [{ cause: 'network', error: new TypeError('Failed to fetch') }, 'the request failed (Failed to fetch)'],
  [{ cause: 'network' }, 'the request failed (no reason given)'],
  [{ cause: 'foreign', status: 200 }, 'a service worker or a proxy answered in place of the endpoint'],
  [{ cause: 'aborted' }, 'the attempt was cancelled'],
  [{ cause: 'bug', error: new Error('oops') }, 'the plugin failed'],
] as const satisfies [Omit<Retryable, 'kind'>, string][]) {
  test(`a failure by "${failure.cause}"${'error' in failure ? ' with an error' : ''} has a text of its own`, () => {
    assert.equal(failureOf({ kind: 'retryable', ...failure }), text)
  })
}
