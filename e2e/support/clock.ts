import { isDeepStrictEqual } from 'node:util'
import type { BrowserContext, Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import type { Account } from './sandbox.ts'

/** The time at which `stopClock` stops a page. */
export const noon = Date.parse('2026-05-01T12:00:00Z')

const hour = 3_600_000

/**
 * Stops the time of all pages of a context at `noon`. From then on, time passes only where a test says so.
 *
 * `clock.install` alone lets the time run on beside the test: on a slow machine, timers that the test believes to be in
 * the future have fired. `pauseAt` accepts only a later time than that of `install`.
 */
export async function stopClock({ clock }: Page | BrowserContext): Promise<void> {
  await clock.install({ time: noon - hour })
  await clock.pauseAt(noon)
}

/**
 * Lets time pass in steps of `step` milliseconds until `read` gives `expected`. Requests and storages take real time,
 * and between them Analytics.js and the plugin set short timers.
 */
export async function passTimeUntil(
  { clock }: Page | BrowserContext,
  read: () => unknown,
  expected: unknown,
  step = 1,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const value = await read()
        if (!isDeepStrictEqual(value, expected)) await clock.runFor(step)
        return value
      },
      { intervals: [10] },
    )
    .toEqual(expected)
}

/** Lets time pass until a first request has failed, and nothing is in flight: the plugin waits for its next try. */
export const passTimeUntilRefused = (page: Page, account: Account): Promise<void> =>
  passTimeUntil(
    page,
    async () => {
      const failed = (await account.messages()).length + account.line.lost.length
      return failed > 0 && (await page.evaluate(() => window.plugin.stats().inFlight)) === 0
    },
    true,
    20,
  )

/** How many milliseconds after `noon` each request of an account's messages was made, by the page's clock. */
export const sendingTimes = async (account: Account): Promise<number[]> =>
  (await account.messages()).map(({ body }) => Date.parse(body.sentAt) - noon)

/** The page's time. */
export const timeOf = (page: Page): Promise<number> => page.evaluate(() => Date.now())
