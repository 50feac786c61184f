import type { Message } from '../../protocol/message.ts'
import type { ContextProfile } from '../../protocol/profile.ts'
import type { Drop } from '../delivery/drop.ts'

/** The settings of the plugin. */
export interface UserEngageSettings {
  /** The "Segment API key" of UserEngage's App settings > Advanced > Segment API keys. */
  apiKey: string
  /**
   * Where the messages go: an absolute http(s) URL, or a path of the site itself such as `/hello`. It is the one that
   * UserEngage gives you, a relay's, or the sandbox's. UserEngage publishes no URL for its Segment API keys, so there is
   * no default.
   */
  endpoint: string
  /**
   * Ids of the consent categories that the visitor must have agreed to, all of them, as consent tools stamp them on
   * every event (`context.consent.categoryPreferences`). A message without that stamp is not sent either.
   * @default [] (none is asked for)
   */
  consent?: string[]
  /**
   * Profile fields never to send, by UserEngage's names, such as `['resolution', 'device_name']`: everything
   * in a message that reveals them is taken out before it is stored. The user agent string names browser, system and at
   * times the device: to omit those altogether, omit `user_agent` as well. The endpoint sees from which address a request comes, whatever
   * is omitted. `current_url` includes a referrer that is a page of the site.
   * @default []
   */
  omit?: (keyof ContextProfile)[]
  /**
   * Changes a message, or drops it by returning `null`. It is called once for each message, before that is stored on
   * the device, with all that will be sent of it; it may change the message that it is given. `type` and `messageId`
   * stay as they are. A message is dropped, too, where it throws or returns anything else: that is an error on the
   * console, and every drop has the reason `beforeSend`. Not for what `omit` can do: with it, the calls of a page's first
   * moments wait in memory until browser, system and device are known.
   * @default none
   * @example
   * beforeSend(message) {
   *   if (message.type === 'track' && message.event === 'Heartbeat') return null
   *   return withoutQuery(message)
   * }
   */
  beforeSend?: (message: Message) => Message | null
  /**
   * In single-page apps: calls `analytics.page()` on every route change, but not for the route on which the page was
   * loaded. A new history entry counts, or going back or forward to one, if its URL is another, its query included;
   * an entry that is replaced, if its path is another. Anchors (`#section`) do not count, the fragments of hash routers
   * (`#/route`, `#!route`) do. The call is made half a second after the change, when the title is there and redirects
   * are over; one that the page makes itself in that time takes its place.
   * @default false
   */
  autoPage?: boolean
  /**
   * Sends nothing while the visitor's browser asks for privacy by Global Privacy Control. Calls that are made, or that
   * would be sent, in that time are dropped.
   * @default false
   */
  respectGpc?: boolean
  /** How messages wait for their delivery. Any part may be given. */
  queue?: QueueSettings
  /**
   * Which cookies go along with a request, as in `fetch`: for a relay that knows the site's session.
   * @default 'omit'
   */
  credentials?: 'omit' | 'same-origin' | 'include'
  /**
   * How long one request may take, in milliseconds. A message whose request took longer has twice the time with each
   * attempt, up to 16 times as much.
   * @default 10000
   */
  timeoutMs?: number
  /**
   * Where `userengage-worker.js` is, the worker that outlives the page: an address of the site's own origin. By default it
   * is beside the plugin's own file. `false` does without. Without a worker nothing is lost: what waits as the page ends is
   * sent by the next page.
   * @default undefined (beside the plugin's own file)
   */
  workerUrl?: string | false
  /** Runs for every message that the endpoint has taken. */
  onDelivered?: (message: Message) => void
  /** Runs for every message that is dropped, with the reason. */
  onDropped?: (message: Message, drop: Drop) => void
  /**
   * Readable lines on the console: each step of each message.
   * @default false
   */
  debug?: boolean
  /**
   * `false` gives a plugin that does nothing, and looks at no other setting: for a preview, a test, or where an
   * environment variable is missing.
   * @default true
   */
  enabled?: boolean
}

/** How messages wait for their delivery. */
export interface QueueSettings {
  /**
   * How many may wait, over all tabs of the site. Of more, the oldest is dropped, identify and group calls last.
   * @default 1000
   */
  maxMessages?: number
  /**
   * How long one may wait, in hours, from when the plugin took it.
   * @default 168 (a week)
   */
  maxAgeHours?: number
  /**
   * `durable`: messages survive the page, the tab and the browser. `memory`: nothing is kept on the device.
   * @default 'durable'
   */
  storage?: 'durable' | 'memory'
  /**
   * What the plugin makes of requests that are sent as the page ends, and whose answers nobody reads. `resend`: the next
   * page sends them again, under the same `messageId`. `trust`: they count as delivered if the endpoint's last answer to
   * this page was 2xx.
   * @default 'resend'
   */
  atExit?: 'resend' | 'trust'
}

/** Settings as the plugin uses them: checked, and with every default filled in. */
export interface ResolvedSettings
  extends Required<Omit<UserEngageSettings, 'queue' | 'beforeSend' | 'workerUrl'>>,
    Pick<UserEngageSettings, 'beforeSend' | 'workerUrl'> {
  queue: Required<QueueSettings>
}
