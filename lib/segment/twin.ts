import type { Host, UserEngagePlugin } from './types.ts'

/** Under this key a plugin has the name of its queue, for all copies of this code on a page. */
const queueKey = Symbol.for('userengage-analytics-next.queue')

/** Says of a plugin which queue it fills. */
export function markQueue(plugin: object, queue: string): void {
  Object.defineProperty(plugin, queueKey, { value: queue, configurable: true })
}

/**
 * The plugin of the same queue that an Analytics.js has already, and a warning. Two of them would send every call twice: an
 * effect of a framework that runs twice registers a second one, and so does a module that is reloaded while the page lives.
 */
export function findTwin(
  plugin: object,
  queue: string,
  { queue: calls }: Host,
): UserEngagePlugin | undefined {
  // Analytics.js wraps a remote plugin, as its `action`.
  const registered = calls?.plugins?.map((one) => one.action ?? one) ?? []
  const twin = registered.find((one) => one !== plugin && Reflect.get(one, queueKey) === queue)
  if (!twin) return undefined
  console.warn(
    '[UserEngage] A plugin for the same endpoint and key is registered a second time with one Analytics.js. The first one, ' +
      'with its settings, takes the calls, so that none is sent twice. Create and register the plugin once.',
  )
  return twin as UserEngagePlugin
}
