import type { UserEngagePlugin } from '../segment/types.ts'
import type { UserEngageSettings } from '../settings/settings.ts'
import { settingsOfTag } from '../settings/tag-attributes.ts'

/** The plugin factory as a script tag leaves it on the page, under a name that fits Analytics.js's `libraryName`. */
type PageFactory = ((settings: UserEngageSettings) => UserEngagePlugin) & {
  /** The plugin that the tag registered. */
  instance?: UserEngagePlugin
  /** What identifies each tag of the page. */
  tags?: string[]
}
declare global {
  interface Window {
    UserEngageDestination?: PageFactory
  }
}

/** What a script tag finds on the page. */
export interface PageTag {
  /** The page's name for its `analytics`. */
  globalName: string
  /** Absent where the attributes are wrong, belong to a second tag for the same account, or are none. */
  plugin: UserEngagePlugin | undefined
}

/**
 * Reads the script tag that is running now. It never throws: whatever is wrong becomes one readable error.
 *
 * @param factory makes the plugin
 * @param isOptional whether a tag without attributes only leaves the factory on the page
 */
export function readPageTag(factory: PageFactory, { isOptional }: { isOptional: boolean }): PageTag {
  const data = document.currentScript?.dataset ?? {}
  // A second tag is a second copy of this code: what they share is on the page.
  const shared = window.UserEngageDestination ?? factory
  window.UserEngageDestination = shared
  const globalName = data.global || 'analytics'
  const isBare = data.apiKey === undefined && data.endpoint === undefined && data.settings === undefined
  if (isOptional && isBare) return { globalName, plugin: undefined }
  try {
    const settings = settingsOfTag(data)
    const tag = [globalName, settings.endpoint, settings.apiKey].join(' ')
    shared.tags ??= []
    if (shared.tags.includes(tag)) {
      console.warn(
        `[UserEngage] the script tag for ${settings.endpoint} is on this page twice, and is ignored the second time. Remove one.`,
      )
      return { globalName, plugin: undefined }
    }
    const plugin = factory(settings)
    shared.tags.push(tag)
    shared.instance = plugin
    return { globalName, plugin }
  } catch (error) {
    console.error(
      `${(error as Error).message} In the script tag, write data-api-key="…" data-endpoint="https://…".`,
    )
    return { globalName, plugin: undefined }
  }
}

/** Anything that a page may have under its name for `analytics`. */
export interface PageAnalytics {
  push?(call: unknown[]): unknown
  register?(plugin: UserEngagePlugin): unknown
}
export const pageGlobals = window as unknown as Record<string, PageAnalytics | undefined>

/**
 * Registers the plugin with the page's analytics. A snippet's stub, a plain array and a loaded analytics.js have `push`;
 * npm's `AnalyticsBrowser` has `register` only.
 */
export function registerWithPage(plugin: UserEngagePlugin, globalName: string): void {
  const analytics: PageAnalytics = pageGlobals[globalName] ?? []
  pageGlobals[globalName] = analytics
  if (analytics.push) analytics.push(['register', plugin])
  else analytics.register?.(plugin)
}
