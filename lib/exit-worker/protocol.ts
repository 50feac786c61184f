import type { ContextProfile } from '../../protocol/profile.ts'
import type { HandedOver } from '../delivery/outbox-types.ts'
import type { BrowserInfo } from '../mapping/browser-info.ts'

/**
 * What a page and its worker say to each other. The worker's name carries its settings, so that pages with other settings,
 * or of another version, have a worker of their own:
 *
 *     page                                      worker
 *      |-- new SharedWorker(url, { name }) ------>|   reads its settings from its name
 *      |<------------------------------- Ready ---|   only where both are of the same version
 *      |                 …                        |
 *      |-- HandOver ----------------------------->|   the page ends: the worker claims its leases, and sends
 */
export interface WorkerSettings {
  /** The version of the package. */
  version: string
  endpoint: string
  apiKey: string
  credentials: RequestCredentials
  queue: string
  maxMessages: number
  maxAgeMs: number
  timeoutMs: number
  omit: (keyof ContextProfile)[]
  consent: string[]
  respectGpc: boolean
}

/** The worker can take over. */
export interface Ready {
  type: 'ready'
}

/** A page ends, and leaves its messages to the worker. */
export interface HandOver extends HandedOver, VisitorState {
  type: 'hand over'
}

/** What the page knows of the visitor, and of the endpoint, as it ends. */
export interface VisitorState {
  /** Added to each message as it is sent; `undefined` where `beforeSend` has had the last word. */
  browserInfo: BrowserInfo | undefined
  isConsentWithdrawn: boolean
  isPrivacyRequested: boolean
  /** What is left of the server's `Retry-After`, in milliseconds. */
  retryAfterMs: number
}

const prefix = 'userengage '

export const workerName = (settings: WorkerSettings): string => prefix + JSON.stringify(settings)

/** The settings in a worker's name; `undefined` where a page of another version gave it. */
export function settingsOfWorker(name: string, version: string): WorkerSettings | undefined {
  try {
    if (!name.startsWith(prefix)) return undefined
    const settings = JSON.parse(name.slice(prefix.length)) as WorkerSettings
    return settings.version === version ? settings : undefined
  } catch {
    return undefined
  }
}
