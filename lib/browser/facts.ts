import type { Facts } from '../mapping/to-message.ts'

/** What the page is at this moment. Cheap reads only: none of them makes the browser lay out the page. */
export function readFacts(): Facts {
  return {
    now: Date.now(),
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
  }
}
