/**
 * What the plugin needs of Analytics.js, written out so that the published types compile without it. Types only.
 *
 * The contract: https://github.com/segmentio/analytics-next/blob/master/packages/core/src/plugins/index.ts
 */

import type { SourceEvent } from './mapping/to-message.ts'

/** One call on its way through Analytics.js. Its event is shared by all destinations. */
export interface HostContext {
  event: SourceEvent
}

/** The `analytics` that a plugin is loaded into, as far as it is used. */
export interface Host {
  on(event: 'dispatch_start', listener: (context: HostContext) => void): unknown
  off(event: 'dispatch_start', listener: (context: HostContext) => void): unknown
  emit(event: 'error', detail: object): unknown
  page(properties: object): Promise<unknown>
  /** Public, but not documented: every use of it has to do without. */
  queue?: HostQueue
}

/** What Analytics.js does with its calls. */
export interface HostQueue {
  plugins?: { name: string; type: string }[]
  criticalTasks?: { done?(): Promise<unknown> | undefined }
  on?(event: 'delivery_success' | 'delivery_failure', listener: (context: HostContext) => void): unknown
}

/** A method of the plugin: it is given a call and gives it back. */
export type Accept = <C>(context: C) => C
