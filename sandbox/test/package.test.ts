import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { folder } from './support/command.ts'
import { type Ask, accountOf } from './support/sandbox.ts'

const project = join(folder, 'project')
const shell = process.platform === 'win32'
const npm = (cwd: string, ...args: string[]) => promisify(execFile)('npm', args, { cwd, shell })

/** Installs the packed package into a new project, as from the registry. */
before(async () => {
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  const packed = await npm('sandbox', 'pack', '--json', '--pack-destination', folder)
  const tarball = /userengage-sandbox-[\w.-]+\.tgz/.exec(packed.stdout)?.[0] ?? ''
  await npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball))
})

/** Starts the sandbox by npx. It gets a process group, because npx starts a shell, which starts the sandbox. */
async function npx(...args: string[]): Promise<{ child: ChildProcess; printed: string; ask: Ask }> {
  const { PORT: _, ...env } = process.env
  const child = spawn('npx', ['--no-install', 'userengage-sandbox', ...args], {
    cwd: project,
    env,
    shell,
    detached: !shell,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(() => end(child))
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    if (printed.includes('endpoint')) break
  }
  const port = /localhost:(\d+)\//.exec(printed)?.[1]
  return { child, printed, ask: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  // The signal must reach the sandbox itself: npx and its shell do not pass it on.
  if (shell) child.kill()
  else process.kill(-(child.pid as number))
  await ended
}

test('npx starts the sandbox: it serves its pages and the plugin, and accepts messages', async () => {
  const { child, ask } = await npx('--port', '0')
  for (const [path, type] of [
    ['/', /^text\/html/],
    ['/inspector/main.js', /^text\/javascript/],
    ['/inspector/uplot/uPlot.esm.js', /^text\/javascript/],
    ['/inspector/css/frame.css', /^text\/css/],
    ['/demo/', /^text\/html/],
    ['/demo/main.js', /^text\/javascript/],
    ['/dist/userengage-analytics.min.js', /^text\/javascript/],
    ['/dist/user-agent-parser.min.js', /^text\/javascript/],
  ] as const) {
    const response = await ask(path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('content-type') ?? '', type)
  }
  const account = accountOf({ id: 'demo', apiKey: 'demo', token: 'demo-token' }, ask)
  assert.equal((await account.send({ type: 'identify', traits: { plan: 'pro' } })).status, 200)
  assert.equal((await account.profile()).plan, 'pro')
  await end(child)
})

test('the sandbox keeps its data in a folder that git ignores, and finds it after a restart', async () => {
  assert.equal(readFileSync(join(project, '.userengage-sandbox/.gitignore'), 'utf8'), '*\n')
  assert.ok(existsSync(join(project, '.userengage-sandbox/sandbox.db')))
  const { child, ask } = await npx('--port', '0')
  const account = accountOf({ id: 'demo', apiKey: 'demo', token: 'demo-token' }, ask)
  assert.equal((await account.profile()).plan, 'pro')
  await end(child)
})

test('--help prints the options', async () => {
  const { child, printed } = await npx('--help')
  await end(child)
  for (const option of ['--port', '--host', '--allow-host', '--data'])
    assert.ok(printed.includes(option), option)
})

test('the package contains plain JavaScript and pages, and does not depend on the plugin', () => {
  const installed = join(project, 'node_modules/userengage-sandbox')
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.deepEqual(Object.keys(dependencies), ['@hono/node-server', 'hono', 'libsql', 'uplot', 'valibot'])
  for (const version of Object.values(dependencies)) assert.match(String(version), /^\d+\.\d+\.\d+$/)
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
  assert.deepEqual(
    files.filter((file) => /\.ts$|\.db$|test/.test(file)),
    [],
  )
  for (const file of ['README.md', 'LICENSE']) assert.ok(files.includes(join(file)), file)
  const plugin = JSON.parse(readFileSync('package.json', 'utf8'))
  const shared = Object.keys(dependencies).filter((name) => name in plugin.dependencies)
  assert.deepEqual(shared, [], 'the plugin does not depend on libraries of the sandbox')
})
