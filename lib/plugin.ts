import type { Stats } from './delivery/events.ts'
import type { Accept, Host, HostContext } from './host.ts'
import type { DestinationMiddleware } from './middleware.ts'
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
  /** What `analytics.addDestinationMiddleware` calls, and by it the consent tools of Segment. */
  addMiddleware(...middleware: DestinationMiddleware[]): void
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
 * Outside a browser, as in server-side rendering, and in one that has no `fetch`, the plugin does nothing.
 *
 * @throws TypeError when a setting is wrong: it says which, what was given and what is expected
 * @example
 * const analytics = AnalyticsBrowser.load({ writeKey: '…' })
 * analytics.register(userEngage({ apiKey: 'demo', endpoint: 'http://localhost:4400/api/segment/' }))
 */
export function userEngage(settings: UserEngageSettings): UserEngagePlugin {
  const resolved = resolveSettings(settings)
  isCalled = true
  return createPlugin(isUsable() ? createPipeline(resolved, names) : undefined)
}

const isUsable = (): boolean => ![typeof document, typeof fetch, typeof Promise].includes('undefined')

let isCalled = false

/** By this name Analytics.js takes the factory itself for a remote plugin. */
userEngage.pluginName = names[0]

// Analytics.js reads it of every function among `plugins`, and leaves out without a word what no remote plugin asks for:
// who forgot to call the factory is told so. It may have to load its settings first.
Object.defineProperty(userEngage, 'pluginName', {
  get() {
    if (isUsable()) {
      setTimeout(() => {
        if (!isCalled)
          console.warn('[UserEngage] plugins: [userEngage] does nothing, userEngage({ … }) does.')
        isCalled = true
      }, 5000)
    }
    return names[0]
  },
})

/** Analytics.js retries no destination that fails, and all wait for one that hangs: every method settles at once. */
function createPlugin(pipeline?: Pipeline): UserEngagePlugin {
  const accept =
    (type: string): Accept =>
    (context) => {
      pipeline?.take(type, context as HostContext)
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
    identify: accept('identify'),
    page: accept('page'),
    track: accept('track'),
    group: accept('group'),
    alias: accept('alias'),
    screen: accept('screen'),
    addMiddleware: (...middleware) => pipeline?.addMiddleware(...middleware),
    flush: async () => pipeline?.flush() ?? true,
    stats: () => pipeline?.stats() ?? { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} },
  }
}
