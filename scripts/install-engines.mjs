// Firefox and WebKit for the tests of engines: Debian's packages, where neither they nor Playwright's are there.
import { existsSync } from 'node:fs'
import { firefox, webkit } from '@playwright/test'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installFromDebian } from './install.mjs'

const wanted = [
  [firefox, '/usr/bin/firefox-esr', ['firefox-esr']],
  [webkit, '/usr/bin/WebKitWebDriver', ['webkit2gtk-driver', 'xvfb', 'xauth']],
]

/** Installs what it can. What is missing afterwards is for the tests to tell. */
export function installEngines() {
  findOrInstallBrowser()
  const packages = wanted
    .filter(([type, path]) => !existsSync(type.executablePath()) && !existsSync(path))
    .flatMap(([, , names]) => names)
  if (packages.length === 0) return
  console.log(`Trying to install ${packages.join(', ')} …`)
  installFromDebian(...packages)
}
