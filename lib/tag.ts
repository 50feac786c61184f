import { type UserEngagePlugin, userEngage } from './plugin.ts'
import { tagSettings } from './tag-settings.ts'

/** What a script tag leaves on the page: the factory, by a name that fits Analytics.js's `libraryName`. */
type Destination = typeof userEngage & { instance?: UserEngagePlugin; tags?: string[] }
declare global {
  interface Window {
    UserEngageDestination?: Destination
  }
}

/** What both script tags find on the page. */
export interface Tag {
  /** The page's name for its `analytics`. */
  globalName: string
  /** Absent where the attributes are wrong or those of another tag (which is on the console by then), or none is given. */
  plugin: UserEngagePlugin | undefined
}

/**
 * Reads the script tag that is running now. Never throws: whatever is wrong becomes one readable error.
 *
 * @param optional whether a tag without attributes is meant to leave the factory on the page, and no more
 */
export function readTag({ optional }: { optional: boolean }): Tag {
  const data = document.currentScript?.dataset ?? {}
  // A second tag is a second copy of all this: what they share is on the page.
  const destination: Destination = window.UserEngageDestination ?? userEngage
  window.UserEngageDestination = destination
  const globalName = data.global || 'analytics'
  const bare = data.apiKey === undefined && data.endpoint === undefined && data.settings === undefined
  if (optional && bare) return { globalName, plugin: undefined }
  try {
    const settings = tagSettings(data)
    const tag = [globalName, settings.endpoint, settings.apiKey].join(' ')
    destination.tags ??= []
    if (destination.tags.includes(tag)) {
      console.warn(
        `[UserEngage] the script tag for ${settings.endpoint} is on this page twice, and is ignored the second time. Remove one.`,
      )
      return { globalName, plugin: undefined }
    }
    const plugin = userEngage(settings)
    destination.tags.push(tag)
    destination.instance = plugin
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
export const onPage = window as unknown as Record<string, PageAnalytics | undefined>

/**
 * Registers the plugin with the page's analytics. A snippet's stub, a plain array and a loaded analytics.js all take
 * `push`, the `AnalyticsBrowser` of npm takes `register` only.
 */
export function register(plugin: UserEngagePlugin, globalName: string): void {
  const analytics: PageAnalytics = onPage[globalName] ?? []
  onPage[globalName] = analytics
  if (analytics.push) analytics.push(['register', plugin])
  else analytics.register?.(plugin)
}
