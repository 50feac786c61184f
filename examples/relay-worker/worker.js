import { env } from 'cloudflare:workers'
import { cloudflare, createRelay } from 'userengage-relay'

const relay = createRelay({
  url: env.USERCOM_URL,
  token: env.USERCOM_TOKEN,
  origins: [env.SITE],
  ip: cloudflare,
})

export default { fetch: relay }
