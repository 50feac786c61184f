// `npm run test:browser`: Playwright's tests, with what they need: a browser, the built plugin, the examples' packages.
// Arguments go to Playwright: part of a file's name, --grep, --repeat-each, --ui.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findOrInstallBrowser } from './find-browser.mjs'

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

try {
  process.env.CHROME_PATH = findOrInstallBrowser()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
run('npm', 'run', '--silent', 'build')
if (!existsSync('examples/node_modules')) {
  run('npm', 'ci', '--prefix', 'examples', '--ignore-scripts', '--no-audit', '--no-fund')
}
run('npx', '--no-install', 'playwright', 'test', ...process.argv.slice(2))
