import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

const analyticsFiles = 'node_modules/@segment/analytics-next/dist/umd'

/** Serves copies of Segment's files instead of its CDN. */
export async function withoutSegmentHosts(page: Page): Promise<void> {
  await page.route('https://cdn.segment.com/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname.endsWith('/settings'))
      return route.fulfill({ json: { integrations: {}, metrics: { sampleRate: 0 } } })
    const file = pathname.endsWith('/analytics.min.js') ? 'standalone.js' : pathname.split('/').at(-1)
    const body = await readFile(`${analyticsFiles}/${file}`, 'utf8')
    return route.fulfill({ body, contentType: 'text/javascript' })
  })
  await page.route('https://api.segment.io/**', (route) => route.fulfill({ json: { success: true } }))
}
