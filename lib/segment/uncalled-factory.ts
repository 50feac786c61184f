/**
 * How long after Analytics.js has read the name the site may take to call the factory, in milliseconds: Analytics.js may
 * have to load first.
 */
const callTimeoutMs = 5000

/**
 * Gives a plugin factory its `pluginName`, by which Analytics.js takes the factory itself for a remote plugin, and warns
 * about `plugins: [factory]` where nobody has called the factory: Analytics.js skips that silently. The only sign of it is
 * that Analytics.js reads `pluginName`.
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
