import type { ExitWorker } from '../delivery/ports.ts'
import type { HandOver, Ready, VisitorState } from '../exit-worker/protocol.ts'
import { hasExtendedLifetime } from './extended-lifetime.ts'
import { findWorker } from './worker-url.ts'

/**
 * The worker that outlives this page. Where it cannot be had, it never becomes ready: in another browser, on plain http,
 * under a content security policy that forbids it, or where the file is missing.
 *
 * @param givenUrl where the site has put the worker's script; `undefined` where it is beside this one
 * @param name see protocol.ts
 * @param readState what the worker must know of the visitor as the page ends
 */
export function createExitWorker(
  givenUrl: string | undefined,
  name: string,
  readState: () => VisitorState,
): ExitWorker {
  let isPrepared = false
  let port: MessagePort | undefined

  function connect(): void {
    const url = findWorker(givenUrl)
    const worker = url !== undefined && hasExtendedLifetime() ? openWorker(url, name) : undefined
    worker?.port.addEventListener('message', ({ data }: MessageEvent<Ready>) => {
      if (data.type === 'ready') port = worker.port
    })
    worker?.port.addEventListener('close', () => {
      port = undefined
    })
    worker?.port.start()
  }

  return {
    prepare() {
      if (isPrepared) return
      isPrepared = true
      // To make one costs some milliseconds: never within a call. Safari has neither this nor such workers, jsdom no flag.
      if (window.isSecureContext) window.requestIdleCallback?.(connect)
    },
    isReady: () => port !== undefined,
    handOver(handedOver) {
      port?.postMessage({ type: 'hand over', ...handedOver, ...readState() } satisfies HandOver)
    },
  }
}

/** `undefined` where the browser refuses at once. */
function openWorker(url: string, name: string): SharedWorker | undefined {
  try {
    const options: WorkerOptions & { extendedLifetime: boolean } = { name, extendedLifetime: true }
    return new SharedWorker(url, options)
  } catch {
    return undefined
  }
}
