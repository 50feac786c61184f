/** How long to wait for an idle moment at most, in milliseconds: messages wait for it. */
const idleTimeoutMs = 300

/** Resolves in the next idle moment of the page, or soon where the browser cannot tell (Safari). Never rejects. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: idleTimeoutMs })
    } else setTimeout(resolve)
  })
