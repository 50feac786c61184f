import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import type { Account } from './sandbox.ts'
import { readStoredKeys } from './stored.ts'

/** `name1` to `name<count>`. */
export const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`)

/** Tracks events one after the other in one task, without waiting for any. */
export const trackAll = (page: Page, names: string[]): Promise<void> =>
  page.evaluate((events) => {
    for (const event of events) void window.analytics.track(event)
  }, names)

/** Tracks an event, and waits until the plugin has taken it. */
export const track = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((event) => window.analytics.track(event).then(() => true), name)

/** How many messages the page's plugin has, waiting or in flight. */
export const unsettled = (page: Page): Promise<number> =>
  page.evaluate(() => window.plugin.stats().queued + window.plugin.stats().inFlight)

/** The events among `sent` that never arrived, and all that arrived more than once. */
export async function tally(account: Account, sent: string[]) {
  const taken = (await account.messages()).filter(({ status }) => status === 200)
  const ids = taken.map(({ body }) => body.messageId)
  return {
    lost: sent.filter((name) => !taken.some(({ body }) => body.event === name)),
    repeated: taken
      .filter(({ body }, index) => ids.indexOf(body.messageId) < index)
      .map(({ body }) => body.event),
  }
}

/** Waits until all events have arrived, and expects that each arrived once. */
export async function expectAllOnce(account: Account, sent: string[]): Promise<void> {
  await expect.poll(async () => (await tally(account, sent)).lost, { timeout: 30_000 }).toEqual([])
  expect(await tally(account, sent)).toEqual({ lost: [], repeated: [] })
}

/**
 * Waits until all requests that a page made at exit were cut off. A browser may run the `pagehide` listeners of a page
 * after it has reported that the page is gone.
 */
export const expectCutOff = (account: Account, sent: string[]): Promise<void> =>
  expect.poll(() => account.line.lost).toEqual(expect.arrayContaining(sent))

export const stored = (page: Page) => page.evaluate(readStoredKeys)
