import { watchHistory } from './history-patch.ts'

/** A route that a single-page app entered, as the properties of a page call. */
export interface EnteredRoute {
  url: string
  path: string
  search: string
  title: string
  /** The URL before. */
  referrer: string
}

export interface RouteWatcher {
  /** The site has made a page call itself: the route counts as reported. */
  onPageCall(): void
  /** The page ends: a route that waits is reported now. */
  onPageHide(): void
  /** Ends it, and leaves nothing on the page. */
  stop(): void
}

/**
 * How long a route waits before it is reported, in milliseconds. Frameworks set the title after the URL, and redirect by
 * replacing it; and nobody has read a page in less.
 */
const routeSettleMs = 500

/**
 * Reports each route that a single-page app enters, once. What counts:
 *
 * - a new history entry, or going back or forward to one, whose URL is another than that of the last route, its query
 *   included, but not its anchor (`#section`). The fragments of hash routers, `#/route` and `#!route`, are part of the URL;
 * - an entry that is replaced, if the path or the hash route is another: a mere change of the query does not count, nor
 *   does what a router tidies up while the page is still loading.
 *
 * Only the site reports the route on which the page was loaded. A route that is replaced within half a second is a
 * redirect, and only its end counts; one that is left in that time for another entry is reported at once, with the title
 * so far. So is one whose page ends.
 */
export function watchRoutes(onRoute: (route: EnteredRoute) => void): RouteWatcher {
  const stopped = new AbortController()
  const { signal } = stopped
  let last = address()
  let entered: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const wait = (url: string | undefined): void => {
    clearTimeout(timer)
    entered = url
    if (url !== undefined) timer = setTimeout(report, routeSettleMs)
  }

  function report(): void {
    if (entered === undefined) return
    const url = entered
    const { pathname: path, search } = new URL(url)
    wait(undefined)
    onRoute({ url, path, search, title: document.title, referrer: last })
    last = url
  }

  function onChange(isReplaced: boolean): void {
    const url = address()
    if (url === entered) return
    if (!isReplaced) report()
    const isSame =
      isReplaced && entered === undefined
        ? document.readyState !== 'complete' || routeOf(url) === routeOf(last)
        : url === last
    if (isSame) last = url
    wait(isSame ? undefined : url)
  }

  if ('navigation' in window) {
    navigation.addEventListener(
      'currententrychange',
      ({ navigationType }) => onChange(navigationType !== 'push' && navigationType !== 'traverse'),
      { signal },
    )
  } else watchHistory(signal, onChange)

  return {
    onPageCall() {
      wait(undefined)
      last = address()
    },
    onPageHide: report,
    stop() {
      wait(undefined)
      stopped.abort()
    },
  }
}

const address = (): string => location.href.replace(/#(?![/!]).*/, '')

const routeOf = (url: string): string => url.replace(/\?[^#]*/g, '')
