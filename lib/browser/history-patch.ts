/**
 * Reports URL changes where there is no Navigation API
 * (https://developer.mozilla.org/docs/Web/API/Navigation_API), as in Firefox before 147 and Safari before 26.2.
 *
 * @param signal its abort restores `history` as it was
 * @param onChange runs after each change of the URL, with whether the history entry was replaced
 */
export function watchHistory(signal: AbortSignal, onChange: (isReplaced: boolean) => void): void {
  patch('pushState', signal, () => onChange(false))
  patch('replaceState', signal, () => onChange(true))
  addEventListener('popstate', () => onChange(false), { signal })
}

function patch(method: 'pushState' | 'replaceState', signal: AbortSignal, onCalled: () => void): void {
  const before = Object.getOwnPropertyDescriptor(history, method)
  const original = history[method]
  const patched = function (this: History, ...args: Parameters<History['pushState']>): void {
    original.apply(this, args)
    if (!signal.aborted) onCalled()
  }
  history[method] = patched
  signal.addEventListener('abort', () => {
    // Another script patched it after us and calls our function: leave it in place, it does nothing any more.
    if (history[method] !== patched) return
    Reflect.deleteProperty(history, method)
    if (before) Object.defineProperty(history, method, before)
  })
}
