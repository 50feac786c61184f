import type { Facts } from '../mapping/to-message.ts'

/** https://tc39.es/proposal-temporal/: not in TypeScript's library yet. */
declare global {
  interface Window {
    Temporal?: { Now: { timeZoneId(): string } }
  }
}

/** What the page is at this moment. Cheap reads only: none of them makes the browser lay out the page. */
export function readFacts(): Facts {
  return {
    now: Date.now(),
    userAgent: navigator.userAgent,
    locale: navigator.language,
    // The formatter takes some 20 milliseconds to come to the same, the first time.
    timezone: window.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
  }
}
