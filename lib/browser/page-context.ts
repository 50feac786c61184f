import type { PageContext } from '../mapping/to-message.ts'

/** https://tc39.es/proposal-temporal/: TypeScript's library does not have it yet. */
declare global {
  interface Window {
    Temporal?: { Now: { timeZoneId(): string } }
  }
}

/** What the page is at this moment. Cheap reads only: none of them makes the browser lay out the page. */
export function readPageContext(): PageContext {
  return {
    now: Date.now(),
    userAgent: navigator.userAgent,
    locale: navigator.language,
    // The formatter takes some 20 ms to find the same time zone, the first time.
    timezone: window.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: {
      width: screen.width,
      height: screen.height,
      density: devicePixelRatio,
    },
    page: {
      path: location.pathname,
      referrer: document.referrer,
      search: location.search,
      title: document.title,
      url: location.href.replace(/#.*/, ''),
    },
  }
}
