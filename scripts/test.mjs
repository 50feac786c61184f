// `npm test`: runs every suite, and ends with one line that adds them up.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findOrInstallBrowser } from './find-browser.mjs'
import { installEngines } from './install-engines.mjs'
import { runChecks, runCommand } from './run-checks.mjs'

const results = 'test-results'

/** Deno, Bun and workerd, from npm. */
const installRuntimes = check(
  'install the runtimes of the relay',
  'npm ci --prefix relay/test/runtimes --ignore-scripts --no-audit --no-fund',
)

/**
 * All checks except the browser tests. A new check is one line here. The checks run side by side, long ones first; a
 * list in a line names those whose results it needs.
 */
const checks = () => [
  check('build', 'npm run --silent build'),
  // One of its tests packs the sandbox, with the built plugin in it.
  nodeTests('sandbox', 'sandbox/test', ['build']),
  check('install the examples', 'npm ci --prefix examples --ignore-scripts --no-audit --no-fund'),
  // Without ALL_ENGINES, the relay is tested in those runtimes that are there.
  ...(process.env.ALL_ENGINES ? [installRuntimes] : []),
  check('build of the relay', 'node scripts/build-relay.mjs'),
  nodeTests('relay', 'relay/test', [
    'build of the relay',
    ...(process.env.ALL_ENGINES ? [installRuntimes.name] : []),
  ]),
  nodeTests('engines', 'e2e/engines', ['build']),
  nodeTests('unit', 'test'),
  check('types of lib', 'tsc --project tsconfig.json'),
  check('types of sandbox and tests', 'tsc --project tsconfig.node.json'),
  check('types of pages', 'tsc --project tsconfig.pages.json'),
  check('types of an example', 'tsc --project examples/vite-typescript', ['build', 'install the examples']),
  check('style and layers', 'biome ci .'),
  check('unused code', 'knip --no-progress'),
  nodeTests('bench', 'bench/test'),
  nodeTests('package contents', 'e2e/package', ['build']),
  check('package', 'publint --strict', ['build']),
  check('package of the relay', 'publint --strict relay', ['build of the relay']),
  // Its tests build and pack the sandbox.
  check('package of the sandbox', 'publint --strict sandbox', ['sandbox']),
  check('types of the package of the relay', 'attw --pack relay --profile esm-only', ['build of the relay'], {
    npm_config_ignore_scripts: 'true',
  }),
  // The script tags are classic scripts, which nobody imports for their types. Packing would build everything again.
  check(
    'types of the package',
    'attw --pack . --profile esm-only --exclude-entrypoints ./userengage.min.js ./userengage-analytics.min.js ./userengage-worker.js ./user-agent-parser.min.js',
    ['build'],
    { npm_config_ignore_scripts: 'true' },
  ),
  check('sizes', 'size-limit', ['build']),
]

/** A check that passes or fails as a whole. */
function check(name, command, after = [], env = {}) {
  return { name, command: command.split(' '), after, env }
}

/** The tests of a folder that Node's runner runs. */
function nodeTests(name, folder, after = []) {
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
  const counts = join(results, `${name.replaceAll(' ', '-')}.json`)
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/count-reporter.mjs',
    `--test-reporter-destination=${counts}`,
  ]
  return {
    name,
    command: ['tsx', '--test', ...reporters, ...files],
    after,
    count: () => readJson(counts),
    // The runner repeats all failures at its end.
    excerpt: (output) => output.slice(Math.max(0, output.lastIndexOf('failing tests:'))),
  }
}

/** Playwright's tests. They have the machine to themselves, and show each test as it ends. */
async function browserTests() {
  const { ok } = await runCommand(['playwright', 'test'], { CHROME_PATH: findOrInstallBrowser() }, 'inherit')
  const { expected = 0, unexpected = 0, flaky = 0 } = readJson(join(results, 'browser.json'))?.stats ?? {}
  const failed = unexpected + flaky
  return { passed: expected, failed: ok ? failed : Math.max(failed, 1) }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

async function allSuites() {
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  findOrInstallBrowser()
  // Without ALL_ENGINES, the engines of this machine are tested.
  if (process.env.ALL_ENGINES) installEngines()
  const beside = await runChecks(checks())
  if (beside.failures.includes('build')) return beside
  const inBrowser = await browserTests()
  return {
    passed: beside.passed + inBrowser.passed,
    failed: beside.failed + inBrowser.failed,
  }
}

const { passed, failed } = await allSuites().catch((error) => {
  console.error(error.message)
  return { passed: 0, failed: 1 }
})
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
