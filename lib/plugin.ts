import { version } from '../package.json'
import { clearDevice } from './clear-device.ts'
import { type Composition, compose, queueOf } from './compose.ts'
import type { Stats } from './delivery/drop.ts'
import type { DestinationMiddleware } from './segment/middleware.ts'
import { findTwin, markQueue } from './segment/twin.ts'
import type { Accept, Host, HostContext, UserEngagePlugin } from './segment/types.ts'
import { warnIfNeverCalled } from './segment/uncalled-factory.ts'
import { resolveSettings } from './settings/resolve.ts'
import type { ResolvedSettings, UserEngageSettings } from './settings/settings.ts'

/** The names that customers may use in `integrations`; the first is the plugin's own. */
const names = ['UserEngage', 'User.com', '“User.com”'] as const

/**
 * The UserEngage (User.com) destination for Analytics.js.
 *
 * The factory only checks the settings: the plugin stores, sends and listens to nothing before Analytics.js loads it.
 * Outside a browser, as in server-side rendering, and with `enabled: false`, it does nothing at all.
 *
 * @throws TypeError when a setting is wrong: it says which, what was given and what is expected
 * @example
 * const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
 * analytics.register(userEngage({ apiKey: 'demo', endpoint: 'http://localhost:4400/api/segment/' }))
 */
export function userEngage(settings: UserEngageSettings): UserEngagePlugin {
  const resolved = resolveSettings(settings)
  markCalled()
  return createPlugin(resolved.enabled && isSupported() ? resolved : undefined)
}

/** By this name Analytics.js takes the factory itself for a remote plugin. */
userEngage.pluginName = names[0]
const markCalled = warnIfNeverCalled(userEngage, names[0])

/** Whether this is a page in a browser that the plugin works in. */
function isSupported(): boolean {
  return ['document', 'fetch', 'AbortController', 'Promise'].every((name) => name in globalThis)
}

const noStats = (): Stats => ({ queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} })

/**
 * Analytics.js retries no destination that fails, and all wait for one that hangs: so every method settles at once.
 *
 * @param settings absent for a plugin that does nothing
 */
function createPlugin(settings: ResolvedSettings | undefined): UserEngagePlugin {
  let composition: Composition | undefined
  /** The plugin that takes the calls in place of this one. */
  let twin: UserEngagePlugin | undefined
  const early: DestinationMiddleware[] = []

  function load(settings: ResolvedSettings, analytics: Host): void {
    if (composition) {
      composition.attach(analytics)
      return
    }
    const queue = queueOf(settings)
    const registered = findTwin(plugin, queue, analytics)
    twin ??= registered
    if (!twin) {
      composition = compose(settings, names)
      composition.attach(analytics)
      markQueue(plugin, queue)
    } else if (!registered) void analytics.register(twin)
    const receiver = twin ?? composition
    receiver?.addMiddleware(...early.splice(0))
  }

  const accept =
    (type: string): Accept =>
    (context) => {
      composition?.accept(type, context as HostContext)
      return context
    }

  const plugin: UserEngagePlugin = {
    name: names[0],
    alternativeNames: names.slice(1),
    type: 'destination',
    version,
    isLoaded: () => true,
    load: async (_context, analytics) => settings && load(settings, analytics as Host),
    unload: async () => composition?.detach(),
    ready: async () => {},
    identify: accept('identify'),
    page: accept('page'),
    track: accept('track'),
    group: accept('group'),
    alias: accept('alias'),
    screen: accept('screen'),
    addMiddleware(...middleware) {
      const receiver = twin ?? composition
      if (receiver) receiver.addMiddleware(...middleware)
      else early.push(...middleware)
    },
    flush: async () => (await (twin ?? composition)?.flush()) ?? true,
    stats: () => (twin ?? composition)?.stats() ?? noStats(),
    async clear() {
      const receiver = twin ?? composition
      if (receiver) await receiver.clear()
      else if (settings) await clearDevice(queueOf(settings))
    },
  }
  return plugin
}
