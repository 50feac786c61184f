// Installs Debian's Firefox, WebKit and Redis for the tests that need them, where they are missing.
import { existsSync } from 'node:fs'
import { firefox, webkit } from '@playwright/test'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installFromDebian } from './install.mjs'

const wanted = [
  [firefox, '/usr/bin/firefox-esr', ['firefox-esr']],
  [webkit, '/usr/bin/WebKitWebDriver', ['webkit2gtk-driver', 'xvfb', 'xauth']],
]

/** Installs what is missing if it can. The tests report what is still missing. */
export function installEngines() {
  findOrInstallBrowser()
  const packages = wanted
    .filter(([type, path]) => !existsSync(type.executablePath()) && !existsSync(path))
    .flatMap(([, , names]) => names)
    .concat(existsSync('/usr/bin/redis-server') ? [] : ['redis-server'])
  if (packages.length === 0) return
  console.log(`Trying to install ${packages.join(', ')} …`)
  installFromDebian(...packages)
}
