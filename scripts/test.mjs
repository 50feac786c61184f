// `npm test`: runs every suite, and ends with one line that adds them up.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installEngines } from './install-engines.mjs'

const results = 'test-results'
const totals = { passed: 0, failed: 0 }

/** Runs a program; its last words decide. */
function run(args, env = {}) {
  const { status } = spawnSync('npx', ['--no-install', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  return status === 0
}

function add(suite, passed, failed) {
  totals.passed += passed
  totals.failed += failed
  console.log(`\n${failed ? '✖' : '✔'} ${suite}: ${passed} passed, ${failed} failed\n`)
}

/** A check that passes or fails as a whole. */
function check(suite, ...args) {
  const ok = run(args)
  add(suite, Number(ok), Number(!ok))
}

/** Tests of Node's runner; it writes a report from which they are counted. */
function nodeTests(suite, folder) {
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
  const report = `${results}/${suite}.tap`
  run([
    ...['tsx', '--test', '--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${report}`, ...files],
  ])
  const counted = (word) =>
    Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(readFileSync(report, 'utf8'))?.[1] ?? 0)
  const failed = counted('fail') + counted('cancelled')
  add(suite, counted('pass'), counted('pass') + failed === 0 ? 1 : failed)
}

/** Playwright's tests, in a real browser. */
function browserTests() {
  const ok = run(['playwright', 'test'], { CHROME_PATH: findOrInstallBrowser() })
  const {
    expected = 0,
    unexpected = 0,
    flaky = 0,
  } = JSON.parse(readFileSync(`${results}/browser.json`, 'utf8')).stats
  const failed = unexpected + flaky
  add('browser', expected, ok ? failed : Math.max(failed, 1))
}

function allSuites() {
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  for (const project of ['tsconfig.json', 'tsconfig.node.json', 'tsconfig.pages.json']) {
    check(`types of ${project}`, 'tsc', '--project', project)
  }
  check('style and layers', 'biome', 'ci', '.')
  nodeTests('unit', 'test')
  nodeTests('sandbox', 'sandbox/test')
  nodeTests('bench', 'bench/test')
  if (spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' }).status !== 0) {
    return add('build', 0, 1)
  }
  add('build', 1, 0)
  check('package', 'publint', '--strict')
  // The script tags are classic scripts: nobody imports them for their types.
  const scripts = ['./userengage.min.js', './userengage-analytics.min.js']
  check(
    'types of the package',
    'attw',
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    ...scripts,
  )
  check('sizes', 'size-limit')
  nodeTests('package-contents', 'e2e/package')
  check(
    'install the examples',
    'npm',
    'ci',
    '--prefix',
    'examples',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  )
  check('types of an example', 'tsc', '--project', 'examples/vite-typescript')
  browserTests()
  // On a developer's machine those engines are tested that are there.
  if (process.env.ALL_ENGINES) installEngines()
  nodeTests('engines', 'e2e/engines')
}

try {
  allSuites()
} catch (error) {
  console.error(error.message)
  totals.failed++
}
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed === 0 ? 0 : 1
