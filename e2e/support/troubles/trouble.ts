import type { BrowserContext, Page } from '@playwright/test'
import { expect } from '../fixtures.ts'
import type { Account } from '../sandbox.ts'
import type { Site } from '../site.ts'

/** What a scenario has to produce its row of docs/troubleshooting.md. */
export interface Trouble {
  page: Page
  context: BrowserContext
  site: Site
  account: Account
  /** Puts a page with analytics and the plugin on the site, with `debug`, and gives its address. */
  shop(settings?: object): string
  /** Opens such a page. */
  openShop(settings?: object): Promise<Page>
  /** All that the console says, the browser's own lines and uncaught errors included. */
  said: string[]
  /** The row, as a reader sees it. */
  row: string
}

/** Produces a row's symptom. Resolves to the words that both the console and the row have. */
export type Scenario = (trouble: Trouble) => Promise<string[]>

/** Waits until the console has a line with these words. */
export const hears = ({ said }: Pick<Trouble, 'said'>, words: string): Promise<void> =>
  expect.poll(() => said.find((line) => line.includes(words)), `the console says: ${words}`).toBeDefined()

/** Waits until the messages of these events, and no others, have been applied, in whatever order. */
export const arrived = ({ account }: Pick<Trouble, 'account'>, ...events: string[]): Promise<void> =>
  expect.poll(async () => (await account.events()).sort()).toEqual(events.sort())

export const flush = (page: Page): Promise<boolean> => page.evaluate(() => window.plugin.flush())
export const queued = (page: Page): Promise<number> => page.evaluate(() => window.plugin.stats().queued)
