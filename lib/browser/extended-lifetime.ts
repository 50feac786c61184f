/**
 * Whether the browser lets a shared worker outlive its pages
 * (https://html.spec.whatwg.org/#dom-workeroptions-extendedlifetime). A browser that knows the option reads it before it
 * looks at anything else; another one refuses the address. So no worker is made.
 */
export function hasExtendedLifetime(): boolean {
  let isRead = false
  const options: WorkerOptions & { extendedLifetime: boolean } = {
    get extendedLifetime(): boolean {
      isRead = true
      throw new Error('It is enough to be asked.')
    },
  }
  try {
    new SharedWorker('http://[', options)
  } catch {
    // Always: here, or where there are no shared workers at all.
  }
  return isRead
}
