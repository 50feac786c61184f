/**
 * Tells when the URL may have changed, where there is no Navigation API
 * (https://developer.mozilla.org/docs/Web/API/Navigation_API), as in Firefox before 147 and Safari before 26.2.
 *
 * @param signal when it aborts, nothing is left on the page
 * @param changed told whether a history entry was replaced
 */
export function watchHistory(signal: AbortSignal, changed: (isReplaced: boolean) => void): void {
  if (signal.aborted) return
  // What happened while this code was on its way.
  changed(true)
  patch('pushState', signal, () => changed(false))
  patch('replaceState', signal, () => changed(true))
  addEventListener('popstate', () => changed(false), { signal })
}

function patch(method: 'pushState' | 'replaceState', signal: AbortSignal, done: () => void): void {
  const before = Object.getOwnPropertyDescriptor(history, method)
  const original = history[method]
  const patched = function (this: History, ...args: Parameters<History['pushState']>): void {
    original.apply(this, args)
    done()
  }
  history[method] = patched
  signal.addEventListener('abort', () => {
    // Who has patched it since calls this one, which does nothing any more.
    if (history[method] !== patched) return
    Reflect.deleteProperty(history, method)
    if (before) Object.defineProperty(history, method, before)
  })
}
