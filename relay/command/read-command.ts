import { parseArgs } from 'node:util'
import type { RelayOptions } from '../options.ts'

/** What the command is to do. */
export type Command =
  | { name: 'help' }
  | { name: 'check'; options: Pick<RelayOptions, 'app' | 'url' | 'token'>; json: boolean }
  | Run
export interface Run {
  name: 'run'
  options: RelayOptions
  port: number
  host: string
  redis: string | undefined
  /** Own proxies before it, whose `X-Forwarded-For` says who the visitor is. */
  proxies: number
}

export const usage = `From the page to User.com, through your own backend.

  USERCOM_TOKEN=… userengage-relay --app acme --origin https://shop.example
  USERCOM_TOKEN=… userengage-relay check --app acme

  --app NAME          the account: acme where it is https://acme.user.com
  --url BASE          another REST API in its place, such as http://localhost:4400/api/public/
  --origin ORIGIN     a site that may send, https://*.shop.example for subdomains; may be given again
  --api-key KEY       a key that a request must carry; may be given again
  --port NUMBER       where it listens (default: 4500, or the environment's PORT; 0 takes a free one)
  --host ADDRESS      lets other machines in, as with 0.0.0.0 (default: this machine only)
  --redis URL         shares what was seen, and keeps what User.com cannot take now
  --proxies NUMBER    how many proxies of yours stand before it: visitors' addresses are read from X-Forwarded-For
  --products          ecommerce events become product events too
  --json              check: prints what it learned as JSON
  --help              prints this

The token is that of App settings > Advanced > Public REST API keys, and comes in the environment only.`

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const
const known = {
  app: text,
  url: text,
  origin: texts,
  'api-key': texts,
  port: text,
  host: text,
  redis: text,
  proxies: text,
  products: flag,
  json: flag,
  help: flag,
}

/** Reads the command line and the environment; `wrong` says in one sentence what is wrong with them. */
export function readCommand(args: string[], env: NodeJS.ProcessEnv): Command | { wrong: string } {
  const parsed = parse(args)
  if ('wrong' in parsed) return parsed
  const { values, positionals } = parsed
  if (values.help) return { name: 'help' }
  if (positionals.length > 1 || (positionals[0] && positionals[0] !== 'check')) {
    return { wrong: `There is no command "${positionals.join(' ')}", only "check".` }
  }
  const token = env.USERCOM_TOKEN
  if (!token) return { wrong: 'Set the environment variable USERCOM_TOKEN to the REST token.' }
  if (Boolean(values.app) === Boolean(values.url)) return { wrong: 'Set either --app or --url.' }
  const account = { app: values.app, url: values.url, token }
  if (positionals[0] === 'check') return { name: 'check', options: account, json: values.json ?? false }

  if (!values.origin)
    return { wrong: 'Set --origin to the site that may send, such as https://shop.example.' }
  const port = wholeNumber(values.port ?? env.PORT ?? '4500', 65_535)
  if (port === undefined)
    return { wrong: 'The port must be a number from 0 to 65535 (option --port or environment PORT).' }
  const proxies = wholeNumber(values.proxies ?? '0', 100)
  if (proxies === undefined) return { wrong: 'The option --proxies must be a number from 0 to 100.' }
  return {
    name: 'run',
    options: { ...account, origins: values.origin, apiKeys: values['api-key'], products: values.products },
    port,
    host: values.host ?? '127.0.0.1',
    redis: values.redis,
    proxies,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: known, allowPositionals: true })
  } catch (error) {
    // Node explains at length; its first sentence names the mistake.
    return { wrong: `${(error as Error).message.split(/\.\s/)[0]}.` }
  }
}

function wholeNumber(given: string, most: number): number | undefined {
  return /^\d+$/.test(given) && Number(given) <= most ? Number(given) : undefined
}
