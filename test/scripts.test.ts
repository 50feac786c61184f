import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
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

test('set-repository.mjs writes the address into every package, and needs one; nothing else has the placeholder', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [resolve('scripts/set-repository.mjs'), ...args], {
      encoding: 'utf8',
      cwd: copy,
    })
  const copy = mkdtempSync(join(tmpdir(), 'repository-'))
  const { workspaces, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
  const paths = ['package.json', ...workspaces.map((folder: string) => `${folder}/package.json`)]
  for (const path of paths) {
    mkdirSync(join(copy, dirname(path)), { recursive: true })
    writeFileSync(join(copy, path), readFileSync(path))
  }
  assert.equal(run('acme').stderr, 'Say the repository on GitHub as OWNER/NAME, got "acme".\n')
  // What is committed is what the script writes.
  const [, current = ''] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? []
  assert.equal(run(current).status, 0)
  for (const path of paths) assert.equal(readFileSync(join(copy, path), 'utf8'), readFileSync(path, 'utf8'))
  assert.equal(run('acme/plugin').status, 0)
  for (const path of paths) {
    const { homepage, repository, bugs } = JSON.parse(readFileSync(join(copy, path), 'utf8'))
    assert.match(homepage, /^https:\/\/github\.com\/acme\/plugin(\/tree\/main\/\w+)?#readme$/)
    assert.equal(repository.url, 'git+https://github.com/acme/plugin.git')
    assert.equal(bugs.url, 'https://github.com/acme/plugin/issues')
  }
  const { stdout } = spawnSync('git', ['grep', '-l', ['github.com', 'OWNER'].join('/')], { encoding: 'utf8' })
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .filter((path) => path && !paths.includes(path)),
    [],
  )
})

test('node-tests.mjs fails where no test file has the word in its path', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/node-tests.mjs', 'test', 'no-such-test'], {
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.equal(stderr, 'No test file in test has "no-such-test" in its path.\n')
})

test('cdn-lines.mjs writes the version and the hashes of what is built into the lines for a CDN', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdn-'))
  const page = join(folder, 'docs/frameworks.md')
  for (const name of ['dist', 'docs']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }')
  writeFileSync(join(folder, 'dist/integrity.json'), '{ "a.min.js": "sha384-new" }')
  const shown = (version: string, hash: string) =>
    `<script src="https://cdn.example/userengage-analytics-next@${version}/dist/a.min.js"\n  integrity="${hash}">
     script.src = 'https://cdn.example/userengage-analytics-next@${version}/dist/a.min.js'\n script.integrity = '${hash}'`
  writeFileSync(page, shown('0.1.0', 'sha384-old'))
  const write = (...args: string[]) =>
    spawnSync(process.execPath, [resolve('scripts/cdn-lines.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
  assert.deepEqual([write('--check').status, readFileSync(page, 'utf8')], [1, shown('0.1.0', 'sha384-old')])
  assert.deepEqual([write().status, readFileSync(page, 'utf8')], [0, shown('1.2.3', 'sha384-new')])
  assert.deepEqual([write('--check').status, write('--check').stderr], [0, ''])
  rmSync(folder, { recursive: true })
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
