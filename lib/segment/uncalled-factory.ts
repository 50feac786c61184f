/** How long after Analytics.js has looked at the factory somebody has to call it, in milliseconds: it may load first. */
const callTimeoutMs = 5000

/**
 * Gives a plugin factory its `pluginName`, by which Analytics.js takes the factory itself for a remote plugin, and warns
 * about `plugins: [factory]` with a factory that nobody called: Analytics.js skips it silently. That it reads
 * `pluginName` is the only sign.
 *
 * @returns marks the factory as called
 */
export function warnIfNeverCalled(factory: object, pluginName: string): () => void {
  let isCalled = false
  Object.defineProperty(factory, 'pluginName', {
    get() {
      if (typeof document !== 'undefined') {
        setTimeout(() => {
          if (!isCalled) {
            console.warn(
              '[UserEngage] plugins: [userEngage] does nothing; write plugins: [userEngage({ … })].',
            )
          }
          isCalled = true
        }, callTimeoutMs)
      }
      return pluginName
    },
  })
  return () => {
    isCalled = true
  }
}
