import { profileFields } from '../protocol/profile.ts'
import type { ContextAttribute, RelayOptions } from './options.ts'

const defaults = {
  pageViews: 'Page view' as string | false,
  siteViews: false,
  products: false,
  stitch: true,
  attributes: 'create' as 'create' | 'known',
  maxBytes: 1_048_576,
  concurrency: 6,
  timeoutMs: 8000,
}

/** The options, checked and complete. */
export interface CheckedOptions
  extends Pick<
      RelayOptions,
      'origins' | 'store' | 'spool' | 'verify' | 'beforeSend' | 'onResult' | 'ip' | 'apiKeys'
    >,
    Readonly<typeof defaults> {
  base: URL
  token: string
  /** The names of the attributes that hold the context's fields, by field. */
  contextAttributes: ReadonlyMap<string, string>
}

const contextFields = profileFields.filter((field) => field !== 'timezone') as ContextAttribute[]

interface Check {
  fits(value: unknown): boolean
  expected: string
}
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText)
const aFunction = { fits: (value: unknown) => typeof value === 'function', expected: 'a function' }
const aSwitch = { fits: (value: unknown) => typeof value === 'boolean', expected: 'true or false' }
/** No timer of JavaScript takes more. */
const most = 2 ** 31 - 1
const count = (unit: string): Check => ({
  fits: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most,
  expected: `a whole number of ${unit}, from 1 to ${most}`,
})
const having = (...methods: string[]): Check => ({
  fits: (value) =>
    methods.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function'),
  expected: `an object with the methods ${methods.join(', ')}, such as that of userengage-relay/redis`,
})

/** What may be set, and what each must be. */
const checks: Record<keyof RelayOptions, Check> = {
  app: {
    fits: (value) => isText(value) && /^[a-z0-9][a-z0-9-]*$/i.test(value),
    expected: 'the subdomain of your account: "acme" where it is https://acme.user.com',
  },
  url: {
    fits: (value) => isText(value) && /^https?:$/.test(urlOf(value)?.protocol ?? ''),
    expected: 'an absolute http(s) URL, such as http://localhost:4400/api/public/',
  },
  token: {
    fits: (value) => isText(value) && /^[\x21-\x7e]+$/.test(value),
    expected:
      'the REST token of App settings > Advanced > Public REST API keys; is the environment variable set?',
  },
  origins: {
    fits: (value) => isTexts(value) && (value as string[]).every(isOrigin),
    expected: 'a list of origins, such as ["https://shop.example", "https://*.shop.example"], without a path',
  },
  apiKeys: { fits: isTexts, expected: 'a list of keys' },
  store: having('get', 'set', 'claim', 'release'),
  spool: having('add', 'isWaiting', 'start', 'close'),
  contextAttributes: {
    fits: (value) => value === false || isAttributeNames(value),
    expected: `false, or an object with a name or false for any of ${contextFields.join(', ')}`,
  },
  pageViews: {
    fits: (value) => value === false || isText(value),
    expected: 'the name of an event, or false',
  },
  siteViews: aSwitch,
  products: aSwitch,
  stitch: aSwitch,
  attributes: { fits: (value) => value === 'create' || value === 'known', expected: '"create" or "known"' },
  verify: aFunction,
  beforeSend: aFunction,
  onResult: aFunction,
  ip: aFunction,
  maxBytes: count('bytes'),
  concurrency: count('calls'),
  timeoutMs: count('milliseconds'),
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws TypeError that says which option is wrong, what was given and what is expected
 */
export function checkOptions(options: RelayOptions): CheckedOptions {
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (!Object.hasOwn(checks, name))
      wrong(`there is no option "${name}"; the options are ${Object.keys(checks).join(', ')}`)
    const { fits, expected } = checks[name as keyof RelayOptions]
    if (!fits(value))
      wrong(`${name} must be ${expected}. Got ${name === 'token' ? 'something else' : shown(value)}`)
  }
  const { app, url, token, origins, contextAttributes, ...others } = Object.fromEntries(
    given,
  ) as unknown as RelayOptions
  if (Boolean(app) === Boolean(url))
    wrong(`set either app (${checks.app.expected}) or url, ${app ? 'not both' : 'as one is required'}`)
  if (!token) return wrong(`token is required: ${checks.token.expected}`)
  if (!origins) return wrong(`origins is required: ${checks.origins.expected}`)
  return {
    ...defaults,
    // What was given is checked, and whatever is `undefined` is gone.
    ...(others as object),
    base: new URL(app ? `https://${app}.user.com/api/public/` : (url as string).replace(/\/?$/, '/')),
    token,
    origins,
    contextAttributes: attributeNames(contextAttributes),
  }
}

/** By default the profile's own names; `resolution` is a read-only field of REST's user, which must not be met. */
function attributeNames(given: RelayOptions['contextAttributes'] = {}): ReadonlyMap<string, string> {
  if (given === false) return new Map()
  const names = contextFields.map((field): [string, string | false] => [
    field,
    given[field] ?? (field === 'resolution' ? 'screen_resolution' : field),
  ])
  return new Map(names.filter((pair): pair is [string, string] => pair[1] !== false))
}

const isAttributeNames = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([field, name]) =>
      (contextFields as string[]).includes(field) && (name === undefined || name === false || isText(name)),
  )

function isOrigin(text: string): boolean {
  const plain = text.replace('://*.', '://any.')
  return /^https?:\/\//.test(text) && !plain.includes('*') && urlOf(plain)?.origin === plain
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

const shown = (value: unknown): string => {
  if (typeof value === 'function') return 'a function'
  return (JSON.stringify(value) ?? String(value)).slice(0, 100)
}

function wrong(sentence: string): never {
  throw new TypeError(`[userengage-relay] ${sentence}.`)
}
