/** How long a navigation may take to replace the page, in milliseconds. One that turns out to be a download never does. */
const longestMs = 5000

/** Where a navigation leads: to another document of this site, or away from it. */
export type NavigationTarget = 'site' | 'elsewhere'

/** Whether a URL is of this site. `about:blank` is not, although it inherits the origin. */
export const isOfSite = (url: string | null | undefined): boolean =>
  Boolean(url) && new URL(url as string).origin === location.origin

/**
 * Watches for navigations that the page itself begins to another document: a link, a form, `location.href`
 * (https://html.spec.whatwg.org/#the-navigateevent-interface). A browser without the Navigation API reports none.
 *
 * @param onChange hears the target when one is under way, and `undefined` when it has ended although the page is still
 * there: a router made it a change of route, the visitor or another script stopped it, or nothing came of it
 */
export function watchNavigation(onChange: (target: NavigationTarget | undefined) => void): void {
  if (!('navigation' in window)) return
  let timer: ReturnType<typeof setTimeout> | undefined

  const end = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    onChange(undefined)
  }
  navigation.addEventListener('navigate', ({ destination, downloadRequest }) => {
    end()
    const isDocument =
      !destination.sameDocument && downloadRequest === null && /^(https?|about):/.test(destination.url)
    if (!isDocument) return
    timer = setTimeout(end, longestMs)
    onChange(isOfSite(destination.url) ? 'site' : 'elsewhere')
  })
  for (const over of ['currententrychange', 'navigatesuccess', 'navigateerror']) {
    navigation.addEventListener(over, end)
  }
  // The page is back from the back/forward cache.
  addEventListener('pageshow', end)
}
