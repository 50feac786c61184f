import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'

const run = (code: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })

const withNode = (version: string) =>
  run(
    `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('./scripts/require-node.cjs')`,
  )

test('on a Node that is too old, one sentence says so and nothing starts', () => {
  const { status, stderr } = withNode('18.20.4')
  assert.equal(status, 1)
  assert.equal(
    stderr,
    'This needs Node.js 20 or newer, and this is 18.20.4: install one from https://nodejs.org.\n',
  )
  assert.equal(withNode('20.0.0').status, 0)
  assert.equal(withNode('100.1.0').status, 0)
})

test('a CHROME_PATH that leads nowhere is an error of its own', () => {
  const { stdout } = run(
    `import { findOrInstallBrowser } from './scripts/find-browser.mjs'
     try { findOrInstallBrowser() } catch (error) { console.log(error.message) }`,
    { CHROME_PATH: '/nowhere/chrome' },
  )
  assert.equal(
    stdout,
    'CHROME_PATH is /nowhere/chrome, where there is no browser: set it to the path of a Chrome or Chromium.\n',
  )
})

test('a browser on the PATH is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  writeFileSync(join(folder, 'chromium'), '')
  const { stdout } = run(
    `import { findBrowser } from './scripts/find-browser.mjs'
     console.log(findBrowser())`,
    { CHROME_PATH: '', PLAYWRIGHT_BROWSERS_PATH: folder, PATH: ['/nowhere', folder].join(delimiter) },
  )
  assert.equal(stdout, `${join(folder, 'chromium')}\n`)
})

test('check-release.mjs refuses a tag that is not the version of every package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const under = (tag: string) =>
    spawnSync(process.execPath, ['scripts/check-release.mjs', tag], { encoding: 'utf8' })
  const { status, stderr } = under('v0.0.1-other')
  assert.equal(status, 1)
  for (const path of ['package.json', 'sandbox/package.json']) {
    assert.ok(
      stderr.includes(
        `${path} has version ${version}, the tag is "v0.0.1-other": set the version, or tag v${version}.`,
      ),
    )
  }
  assert.doesNotMatch(under(`v${version}`).stderr, /has version|no section/)
})

test('node-tests.mjs fails where no test file has the word in its path', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/node-tests.mjs', 'test', 'no-such-test'], {
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.equal(stderr, 'No test file in test has "no-such-test" in its path.\n')
})

/**
 * Runs `npm start` with a build that only says that it ran, until it has printed `last` or has ended.
 *
 * @param buildStatus how the build ends
 */
async function start(args: string[], { buildStatus = 0, last = '\0' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'start-'))
  const npm = join(folder, 'npm')
  writeFileSync(npm, `#!/bin/sh\necho "npm $@"\nexit ${buildStatus}\n`)
  chmodSync(npm, 0o755)
  const { PORT: _, ...env } = process.env
  const [program = '', ...given] = JSON.parse(readFileSync('package.json', 'utf8')).scripts.start.split(' ')
  const child = spawn(program, [...given, ...args], {
    env: { ...env, PATH: [folder, process.env.PATH].join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
      if (printed.includes(last)) child.kill()
    })
  }
  const [status] = await once(child, 'close')
  return { status, printed }
}

const isWindows = process.platform === 'win32'

test('npm start tells of a taken port at once, before it builds', { skip: isWindows }, async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const { status, printed } = await start(['--port', String(port)])
  other.close()
  assert.equal(status, 1)
  assert.equal(
    printed,
    `Port ${port} is in use: stop the program that listens there, or choose another port, such as npm start -- --port 4401.\n`,
  )
})

test('npm start tells of a wrong option at once, before it builds', { skip: isWindows }, async () => {
  const { status, printed } = await start(['--port', 'http'])
  assert.equal(status, 1)
  assert.match(printed, /^The port must be a number from 0 to 65535, got "http".*\n$/)
})

test('npm start says that it builds, builds, and starts the sandbox', { skip: isWindows }, async () => {
  const { printed } = await start(['--port', '0', '--data', ':memory:'], { last: 'REST API' })
  assert.match(
    printed,
    /^Building the plugin .*\nnpm run --silent build\nBuilt in .*\nThe sandbox is running\./,
  )
})

test('npm start ends where the build fails', { skip: isWindows }, async () => {
  const { status, printed } = await start(['--port', '0', '--data', ':memory:'], { buildStatus: 3 })
  assert.equal(status, 1)
  assert.match(printed, /The build failed/)
  assert.doesNotMatch(printed, /The sandbox is running/)
})
