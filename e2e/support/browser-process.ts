import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { chromiumSwitches } from '../../scripts/chromium-switches.mjs'
import { findBrowser } from '../../scripts/find-browser.mjs'

/**
 * A browser with a profile on disk, which can be killed as by a power cut.
 *
 * @param preferences the visitor's settings, in the form of the browser's `Preferences` file
 */
export async function openBrowserProcess(preferences: object = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'userengage-profile-'))
  await mkdir(join(profile, 'Default'))
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  let browser: ChildProcess | undefined

  return {
    async start(): Promise<Page> {
      browser = spawn(
        findBrowser() as string,
        [
          '--headless',
          '--disable-gpu',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--remote-debugging-port=0',
          ...chromiumSwitches,
          `--user-data-dir=${profile}`,
          'about:blank',
        ],
        { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
      )
      const context = await connect(browser)
      return context.pages()[0] ?? context.newPage()
    },
    /** SIGKILL to it and all its children at once. */
    async kill(): Promise<void> {
      if (!browser?.pid || browser.exitCode !== null || browser.signalCode) return
      const ended = once(browser, 'exit')
      process.kill(-browser.pid, 'SIGKILL')
      await ended
    },
    async remove(): Promise<void> {
      await this.kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function connect(browser: ChildProcess): Promise<BrowserContext> {
  for await (const line of createInterface({ input: browser.stderr as NodeJS.ReadableStream })) {
    const address = /listening on (ws:\S+)/.exec(line)?.[1]
    const context = address && (await chromium.connectOverCDP(address)).contexts()[0]
    if (context) return context
  }
  throw new Error('The browser ended before it could be asked for anything.')
}
