import { createRelay, userHash } from '../../index.ts'

declare const SANDBOX: string
declare const TOKEN: string

/** What runs on every runtime, as a Cloudflare Worker has it. Whoever asks `/verified` must prove the userId. */
const options = {
  url: `${SANDBOX}/api/public/`,
  token: TOKEN,
  origins: ['https://shop.example'],
  concurrency: 3,
  timeoutMs: 2000,
}
const relay = createRelay(options)
const verified = createRelay({ ...options, verify: userHash('secret') })

export default {
  fetch(request: Request, env: unknown, ctx: unknown): Promise<Response> {
    return new URL(request.url).pathname === '/verified'
      ? verified(request, env, ctx)
      : relay(request, env, ctx)
  },
}
