import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, firefox, webkit } from '@playwright/test'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { startByBidi } from './by-bidi.ts'
import { startByPlaywright } from './by-playwright.ts'
import { startByWebdriver } from './by-webdriver.ts'
import type { Found } from './engine.ts'

const onPath = (...names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))

/** The three engines: Playwright's own browsers where they are installed, else those of the system. */
export function findEngines(): Found[] {
  const chrome = findBrowser()
  const systemFirefox = onPath('firefox-esr', 'firefox')
  const webkitDriver = onPath('WebKitWebDriver')
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY || onPath('xvfb-run')
  return [
    chrome
      ? { name: 'Chromium', by: `Playwright, ${chrome}`, start: () => startByPlaywright(chromium, chrome) }
      : { name: 'Chromium', missing: 'there is no Chrome or Chromium' },
    existsSync(firefox.executablePath())
      ? { name: 'Firefox', by: 'Playwright, its own build', start: () => startByPlaywright(firefox) }
      : systemFirefox
        ? { name: 'Firefox', by: `WebDriver BiDi, ${systemFirefox}`, start: () => startByBidi(systemFirefox) }
        : { name: 'Firefox', missing: 'neither Playwright’s nor `firefox-esr` is installed' },
    existsSync(webkit.executablePath())
      ? { name: 'WebKit', by: 'Playwright, its own build', start: () => startByPlaywright(webkit) }
      : webkitDriver && display
        ? { name: 'WebKit', by: `WebDriver, ${webkitDriver}`, start: () => startByWebdriver(webkitDriver) }
        : {
            name: 'WebKit',
            missing: 'neither Playwright’s nor `webkit2gtk-driver` with `xvfb` is installed',
          },
  ]
}
