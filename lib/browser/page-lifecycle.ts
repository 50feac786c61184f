import { isOfSite, type NavigationTarget, watchNavigation } from './page-navigation.ts'

/** Runs when the page ends and when it comes back. */
export interface PageLifecycleListener {
  /** The page has begun to go to another document, or it stays after all. */
  onNavigation(target: NavigationTarget | undefined): void
  /** @param isNextPageOfSite whether the browser said that the next document is of the same site */
  onPageHide(isNextPageOfSite: boolean): void
  /** The page comes back from the back/forward cache. */
  onPageRestore(): void
}

/** https://html.spec.whatwg.org/#the-pageswapevent-interface: TypeScript's library lacks it in windows' event maps. */
type PageSwapEvent = Event & { activation?: { entry?: { url?: string | null } } | null }

/**
 * Watches the page's end. It never listens to `unload`, which would keep the page out of the back/forward cache
 * (https://web.dev/articles/bfcache).
 *
 * `pageswap` fires just before `pagehide` where another document replaces this one, and has an `activation` only where
 * that is of the same origin, redirects included. Firefox does not have it: there, a navigation that the page itself began
 * to an address of its own origin is taken for the same (https://html.spec.whatwg.org/#the-navigateevent-interface).
 */
export function watchPageLifecycle(listener: PageLifecycleListener): void {
  let isNextPageOfSite = false

  addEventListener('pageswap', (event) => {
    isNextPageOfSite = isOfSite((event as PageSwapEvent).activation?.entry?.url)
  })
  watchNavigation((target) => {
    if (!('onpageswap' in window)) isNextPageOfSite = target === 'site'
    listener.onNavigation(target)
  })
  addEventListener('pagehide', () => listener.onPageHide(isNextPageOfSite))
  addEventListener('pageshow', ({ persisted }) => {
    isNextPageOfSite = false
    if (persisted) listener.onPageRestore()
  })
}

/** Resolves when the visitor sees the page: a page that was prerendered may never be shown. */
export const whenActivated = (): Promise<void> =>
  new Promise((resolve) => {
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener('prerenderingchange', () => resolve(), { once: true })
    } else resolve()
  })
