import type { Message } from '../protocol/message.ts'
import type { ContextProfile } from '../protocol/profile.ts'
import type { Spool, Store } from './delivery/ports.ts'
import type { Result } from './delivery/result.ts'

/** How a relay is set up. docs/relay.md says all about each option, with an example. */
export interface RelayOptions {
  /** The account: `acme` for `https://acme.user.com/api/public/`. Either this or `url` is required. */
  app?: string | undefined
  /** The base of any REST API in place of an account's, such as the sandbox's. */
  url?: string | undefined
  /** A REST token of the account: App settings > Advanced > Public REST API keys. Never leaves the server. */
  token: string | undefined
  /** The sites that may send: `https://shop.example`, or `https://*.shop.example` for its subdomains. */
  origins: readonly string[]
  /** Keys of which a request must carry one. Then requests without an `Origin` (from a server) pass as well. */
  apiKeys?: readonly string[] | undefined
  /** Which messages were seen. @default memory, for one process */
  store?: Store | undefined
  /** Keeps what cannot be delivered now. @default none: the page waits */
  spool?: Spool | undefined
  /** Names of the attributes for the context fields that REST has no field for; `false` for a field or for all. */
  contextAttributes?: false | { readonly [field in ContextAttribute]?: string | false } | undefined
  /** The event that a page call records; `false` for none. @default 'Page view' */
  pageViews?: string | false | undefined
  /** Also posts page calls to `site-views/`, which User.com does not document. @default false */
  siteViews?: boolean | undefined
  /** Segment's ecommerce events become product events too. @default false */
  products?: boolean | undefined
  /** An anonymous profile becomes that of the user who signs up. @default true */
  stitch?: boolean | undefined
  /** `known` creates no definitions of attributes. @default 'create' */
  attributes?: 'create' | 'known' | undefined
  /** Whether a message is to be taken; one that is not is answered 422. See `userHash`. */
  verify?: ((message: Message, request: Request) => boolean | Promise<boolean>) | undefined
  /** Changes a message, or drops it by `null`. */
  beforeSend?: ((message: Message) => Message | null | Promise<Message | null>) | undefined
  /** What became of each message, without its values. */
  onResult?: ((result: Result) => void) | undefined
  /** The visitor's address. See `cloudflare`, `vercel` and `forwardedFor`. @default none */
  ip?: ((request: Request) => string | null | undefined) | undefined
  /** Of a body. @default 1048576 */
  maxBytes?: number | undefined
  /** REST calls at once. @default 6 */
  concurrency?: number | undefined
  /** How long one message may take, in milliseconds. @default 8000 */
  timeoutMs?: number | undefined
}

/** The context fields that become attributes: `timezone` is a field of REST itself. */
export type ContextAttribute = Exclude<keyof ContextProfile, 'timezone'>
