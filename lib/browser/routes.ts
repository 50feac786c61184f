/** A route that was entered, as the properties of a page call. */
export interface EnteredRoute {
  url: string
  path: string
  search: string
  title: string
  /** The URL before. */
  referrer: string
}

export interface Routes {
  /** The site has made a page call itself: the route is told. */
  seen(): void
  /** The page ends: what was entered is told now. */
  settle(): void
  /** Ends it, and leaves nothing on the page. */
  stop(): void
}

/**
 * How long a route waits before it is told, in milliseconds. Frameworks set the title after the URL, and redirect by
 * replacing it; and nobody has read a page in less.
 */
const patience = 500

/**
 * Tells each route that a single-page app enters, once. What counts:
 *
 * - a new history entry, or going back or forward to one, whose URL is another than that of the last route, its query
 *   included, but not its anchor (`#section`). The fragments of hash routers, `#/route` and `#!route`, are part of the URL;
 * - an entry that is replaced, if the path or the hash route is another: a mere change of the query is none, nor is
 *   what a router tidies up while the page is still loading.
 *
 * The route on which the page was loaded is told by nobody but the site. A route that is replaced within half a second is
 * a redirect, and only its end counts; one that is left in that time for another entry is told at once, with the title
 * so far. So is one whose page ends.
 */
export function watchRoutes(tell: (route: EnteredRoute) => void): Routes {
  const stopped = new AbortController()
  const { signal } = stopped
  let last = address()
  let entered: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const wait = (url: string | undefined): void => {
    clearTimeout(timer)
    entered = url
    if (url !== undefined) timer = setTimeout(settle, patience)
  }

  function settle(): void {
    if (entered === undefined) return
    const url = entered
    const { pathname: path, search } = new URL(url)
    wait(undefined)
    tell({ url, path, search, title: document.title, referrer: last })
    last = url
  }

  function changed(isReplaced: boolean): void {
    const url = address()
    if (signal.aborted || url === entered) return
    if (!isReplaced) settle()
    const isSame =
      isReplaced && entered === undefined
        ? document.readyState !== 'complete' || routeOf(url) === routeOf(last)
        : url === last
    if (isSame) last = url
    wait(isSame ? undefined : url)
  }

  if ('navigation' in window) {
    const heard = ({ navigationType }: NavigationCurrentEntryChangeEvent): void =>
      changed(navigationType !== 'push' && navigationType !== 'traverse')
    navigation.addEventListener('currententrychange', heard, { signal })
  } else {
    // In the parser's chunk, as browsers without this API have no Client Hints either, or are old.
    import('./user-agent-parser.ts').then(
      ({ watchHistory }) => watchHistory(signal, changed),
      () => {},
    )
  }

  return {
    seen() {
      wait(undefined)
      last = address()
    },
    settle,
    stop() {
      wait(undefined)
      stopped.abort()
    },
  }
}

const address = (): string => location.href.replace(/#(?![/!]).*/, '')

const routeOf = (url: string): string => url.replace(/\?[^#]*/g, '')
