import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../scripts/find-browser.mjs'

/** A browser with a profile on disk, that can be killed as a power cut or the system would do it. */
export async function openBrowserProcess() {
  const profile = await mkdtemp(join(tmpdir(), 'userengage-profile-'))
  let browser: ChildProcess | undefined

  return {
    async start(): Promise<Page> {
      browser = spawn(
        findBrowser() as string,
        [
          ...['--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
          ...['--disable-component-update', '--disable-sync', '--remote-debugging-port=0'],
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          `--user-data-dir=${profile}`,
          'about:blank',
        ],
        { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
      )
      const { contexts } = { contexts: await connect(browser) }
      const context = contexts[0]
      return context?.pages()[0] ?? (context as NonNullable<typeof context>).newPage()
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

async function connect(browser: ChildProcess) {
  for await (const line of createInterface({ input: browser.stderr as NodeJS.ReadableStream })) {
    const address = /listening on (ws:\S+)/.exec(line)?.[1]
    if (address) return (await chromium.connectOverCDP(address)).contexts()
  }
  throw new Error('The browser ended before it could be asked for anything.')
}
