// Finds a Chrome or Chromium to test in, and installs one where there is none.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { installFromDebian, succeeds } from './install.mjs'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome.exe',
  'msedge',
]
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of a browser: `CHROME_PATH`, else Playwright's own, else one of the system, else `undefined`. */
export function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [chromium.executablePath(), ...onPath, ...elsewhere].find((path) => existsSync(path))
}

/**
 * The path of a browser. If there is none, installs Playwright's download or, as root, Debian's package.
 *
 * @throws Error with one sentence that says what to do
 */
export function findOrInstallBrowser() {
  const found = findBrowser()
  if (found) {
    if (existsSync(found)) return found
    throw new Error(
      `CHROME_PATH is ${found}, where there is no browser: set it to the path of a Chrome or Chromium.`,
    )
  }
  for (const [what, install] of [
    ['Playwright’s download', playwrightDownload],
    ['Debian’s package', () => installFromDebian('chromium')],
  ]) {
    console.log(`No Chrome or Chromium found: trying ${what} …`)
    if (install() && findBrowser()) return findBrowser()
  }
  throw new Error(
    'No Chrome or Chromium found, and none could be installed: install one, or set CHROME_PATH to its path.',
  )
}

const playwrightDownload = () =>
  succeeds(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
