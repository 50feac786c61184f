// Installs Debian's Firefox and WebKit for the tests in all engines, where there are neither these nor Playwright's.
import { existsSync } from 'node:fs'
import { firefox, webkit } from '@playwright/test'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installFromDebian } from './install.mjs'

const wanted = [
  [firefox, '/usr/bin/firefox-esr', ['firefox-esr']],
  [webkit, '/usr/bin/WebKitWebDriver', ['webkit2gtk-driver', 'xvfb', 'xauth']],
]

/** Installs the missing engines if it can. The tests report those that are still missing. */
export function installEngines() {
  findOrInstallBrowser()
  const packages = wanted
    .filter(([type, path]) => !existsSync(type.executablePath()) && !existsSync(path))
    .flatMap(([, , names]) => names)
  if (packages.length === 0) return
  console.log(`Trying to install ${packages.join(', ')} …`)
  installFromDebian(...packages)
}
