/**
 * What the plugin needs of Analytics.js, written out so that the published types compile without it. Types only.
 *
 * The contract: https://github.com/segmentio/analytics-next/blob/master/packages/core/src/plugins/index.ts
 */

import type { Stats } from '../delivery/drop.ts'
import type { SourceEvent } from '../mapping/to-message.ts'
import type { DestinationMiddleware } from './middleware.ts'

/** One call on its way through Analytics.js. All destinations share its event. */
export interface HostContext {
  event: SourceEvent
}

/** The `analytics` that a plugin is loaded into, as far as it is used. */
export interface Host {
  on(event: 'dispatch_start', listener: (context: HostContext) => void): unknown
  off(event: 'dispatch_start', listener: (context: HostContext) => void): unknown
  emit(event: 'error', detail: object): unknown
  page(properties: object): Promise<unknown> | undefined
  register(plugin: UserEngagePlugin): Promise<unknown>
  /** Public, but not documented: every use of it has to do without. */
  queue?: HostQueue
}

/** What Analytics.js does with its calls. */
export interface HostQueue {
  plugins?: { name: string; type: string; action?: object }[]
  criticalTasks?: { done?(): Promise<unknown> | undefined }
  on?(event: 'delivery_success' | 'delivery_failure', listener: (context: HostContext) => void): unknown
}

/** A method of the plugin: Analytics.js gives it a call, and gets the call back. */
export type Accept = <C>(context: C) => C

/** A destination for Analytics.js: give it to `analytics.register`. */
export interface UserEngagePlugin {
  readonly name: 'UserEngage'
  readonly alternativeNames: string[]
  readonly type: 'destination'
  readonly version: string
  isLoaded(): boolean
  load(context: unknown, analytics: unknown): Promise<void>
  unload(): Promise<void>
  ready(): Promise<void>
  readonly identify: Accept
  readonly page: Accept
  readonly track: Accept
  readonly group: Accept
  readonly alias: Accept
  readonly screen: Accept
  /** `analytics.addDestinationMiddleware` calls it, and so do Segment's consent tools. */
  addMiddleware(...middleware: DestinationMiddleware[]): void
  /**
   * Tries at once to deliver what waits. Resolves to `true` when every call made before is settled, to `false` when that
   * try failed: offline, refused, no answer, or the server has asked to wait.
   */
  flush(): Promise<boolean>
  /** What became of the messages since the page was loaded. */
  stats(): Stats
  /**
   * Drops all calls made so far that wait for this endpoint and key, on this device and in all tabs: for a visitor who
   * opts out. Every message ends with the reason `cleared`. It works before Analytics.js has loaded the plugin, too.
   */
  clear(): Promise<void>
}
