import type { Stats } from './delivery/events.ts'
import type { Accept, Host, HostContext } from './host.ts'
import type { MessageType } from './message.ts'
import { createPipeline, type Pipeline } from './pipeline.ts'
import { resolveSettings, type UserEngageSettings } from './settings.ts'
import { version } from './version.ts'

/** The names that customers may use in `integrations`; the first is the plugin's own. */
const names = ['UserEngage', 'User.com', '“User.com”'] as const

/** A destination for Analytics.js: give it to `analytics.register`. */
export interface UserEngagePlugin {
  readonly name: 'UserEngage'
  readonly alternativeNames: string[]
  readonly type: 'destination'
  readonly version: string
  isLoaded(): boolean
  load(context: unknown, analytics: unknown): Promise<void>
  unload(): Promise<void>
  ready(): Promise<void>
  readonly identify: Accept
  readonly page: Accept
  readonly track: Accept
  readonly group: Accept
  readonly alias: Accept
  readonly screen: Accept
  /**
   * Tries at once to deliver what is waiting. Resolves to `true` when every call made before is settled, to `false`
   * when that try ended otherwise: offline, refused, no answer, or the server has asked to wait.
   */
  flush(): Promise<boolean>
  /** What became of the messages since the page was loaded. */
  stats(): Stats
}

/**
 * The UserEngage (User.com) destination for Analytics.js.
 *
 * Outside a browser, as in server-side rendering, the plugin does nothing.
 *
 * @throws TypeError when a setting is wrong: it says which, what was given and what is expected
 * @example
 * const analytics = AnalyticsBrowser.load({ writeKey: '…' })
 * analytics.register(userEngage({ apiKey: 'demo', endpoint: 'http://localhost:4400/api/segment/' }))
 */
export function userEngage(settings: UserEngageSettings): UserEngagePlugin {
  const resolved = resolveSettings(settings)
  return typeof document === 'undefined' ? createPlugin() : createPlugin(createPipeline(resolved, names))
}

/** By this name Analytics.js takes the factory itself for a remote plugin. */
userEngage.pluginName = names[0]

/** Analytics.js retries no destination that fails, and all wait for one that hangs: every method settles at once. */
function createPlugin(pipeline?: Pipeline): UserEngagePlugin {
  const taken =
    (type: MessageType): Accept =>
    (context) => {
      pipeline?.take(type, context as HostContext)
      return context
    }
  const ignored =
    (type: string): Accept =>
    (context) => {
      pipeline?.ignore(type)
      return context
    }
  return {
    name: names[0],
    alternativeNames: names.slice(1),
    type: 'destination',
    version,
    isLoaded: () => true,
    load: async (_context, analytics) => pipeline?.attach(analytics as Host),
    unload: async () => pipeline?.detach(),
    ready: async () => {},
    identify: taken('identify'),
    page: taken('page'),
    track: taken('track'),
    group: taken('group'),
    alias: ignored('alias'),
    screen: ignored('screen'),
    flush: async () => pipeline?.flush() ?? true,
    stats: () => pipeline?.stats() ?? { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} },
  }
}
