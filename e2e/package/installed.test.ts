import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { build } from 'esbuild'
import { chromiumSwitchesForPlaywright } from '../../scripts/chromium-switches.mjs'
import { findOrInstallBrowser } from '../../scripts/find-browser.mjs'
import { createFolder, pack, packWorkspace } from './packed.ts'

const folder = createFolder()
const project = join(folder, 'project')
const names = ['userengage-analytics-next', 'userengage-sandbox', 'userengage-relay']
const installed = (name: string, file: string): string => join(project, 'node_modules', name, file)
const manifestOf = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/** Somebody's project: all three packages, from tarballs, and Analytics.js. */
function install(): void {
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const { devDependencies } = manifestOf('package.json')
  const packages = [
    pack('.', folder),
    packWorkspace('sandbox', folder),
    packWorkspace('relay', folder),
    `@segment/analytics-next@${devDependencies['@segment/analytics-next']}`,
  ]
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund']
  execFileSync('npm', ['install', ...quiet, ...packages], { cwd: project, stdio: 'pipe' })
}
install()

/** Starts a command of the project by its name, and gives the port that it prints. It gets a process group of its own. */
async function start(command: string, args: string[], env = {}): Promise<number> {
  const { PORT: _, ...inherited } = process.env
  const child: ChildProcess = spawn('npx', ['--no-install', command, '--port', '0', ...args], {
    cwd: project,
    env: { ...inherited, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(async () => {
    const ended = once(child, 'exit')
    process.kill(-(child.pid as number))
    await ended
  })
  let printed = ''
  for await (const chunk of child.stdout as NonNullable<ChildProcess['stdout']>) {
    printed += chunk
    if (printed.includes('endpoint')) break
  }
  return Number(/localhost:(\d+)\//.exec(printed)?.[1])
}

/** Serves a site whose app imports the plugin, bundled by esbuild, and gives its origin. */
async function serveSite(endpoints: () => string[]): Promise<string> {
  writeFileSync(
    join(project, 'app.js'),
    `import { Analytics } from '@segment/analytics-next'
     import { userEngage } from 'userengage-analytics-next'
     for (const [index, endpoint] of window.endpoints.entries()) {
       const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
       analytics.register(userEngage({ apiKey: 'demo', endpoint }))
       analytics.identify('user' + index, { plan: 'pro' })
     }`,
  )
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['app.js'],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const site = createServer((request, response) => {
    const isApp = request.url === '/app.js'
    response.setHeader('content-type', isApp ? 'text/javascript' : 'text/html')
    response.end(
      isApp
        ? outputFiles[0]?.text
        : `<!doctype html><script>window.endpoints = ${JSON.stringify(endpoints())}</script>
           <script type="module" src="/app.js"></script>`,
    )
  }).listen(0, '127.0.0.1')
  after(() => void site.close().closeAllConnections())
  await once(site, 'listening')
  return `http://localhost:${(site.address() as { port: number }).port}`
}

test('an app that imports the plugin sends to the sandbox, and by the relay to its REST API, all started by name', async () => {
  const endpoints: string[] = []
  const site = await serveSite(() => endpoints)
  const sandbox = `http://localhost:${await start('userengage-sandbox', ['--data', ':memory:'])}`
  const relay = await start('userengage-relay', ['--url', `${sandbox}/api/public/`, '--origin', site], {
    USERCOM_TOKEN: 'demo-token',
  })
  endpoints.push(`${sandbox}/api/segment/`, `http://localhost:${relay}/`)
  const executablePath = findOrInstallBrowser()
  const browser = await chromium.launch({ executablePath, args: chromiumSwitchesForPlaywright })
  try {
    const page = await browser.newPage()
    await page.goto(site)
    for (const userId of ['user0', 'user1']) {
      const user = `${sandbox}/api/sandbox/apps/demo/users/${userId}`
      let profile: { plan?: string } = {}
      for (let tries = 0; tries < 200 && profile.plan === undefined; tries++) {
        await sleep(100)
        const response = await fetch(user)
        if (response.ok) profile = (await response.json()) as { plan?: string }
      }
      assert.equal(profile.plan, 'pro', userId)
    }
  } finally {
    await browser.close()
  }
})

for (const name of names) {
  test(`${name} says where it is from, what it needs, and by which licence it comes`, () => {
    const {
      homepage,
      repository,
      bugs,
      license,
      engines,
      bin = {},
      types,
    } = manifestOf(installed(name, 'package.json'))
    const address = manifestOf('package.json').repository.url.replace(/^git\+|\.git$/g, '')
    assert.equal(repository.url, `git+${address}.git`)
    assert.equal(bugs.url, `${address}/issues`)
    assert.ok(homepage.startsWith(address) && homepage.endsWith('#readme'), homepage)
    assert.deepEqual([license, engines], ['MIT', { node: '>=20' }])
    const files = readdirSync(installed(name, '.'))
    for (const file of ['README.md', 'LICENSE']) assert.ok(files.includes(file), file)
    assert.equal(readFileSync(installed(name, 'LICENSE'), 'utf8'), readFileSync('LICENSE', 'utf8'))
    const links = [
      ...readFileSync(installed(name, 'README.md'), 'utf8').matchAll(/\]\((?!https:|#)([^)#]+)/g),
    ]
    assert.deepEqual(
      links.filter(([, link = '']) => !existsSync(installed(name, link))),
      [],
    )
    for (const path of [...Object.values(bin), types].filter(Boolean)) readFileSync(installed(name, path))
    for (const path of Object.values(bin)) {
      assert.match(readFileSync(installed(name, String(path)), 'utf8'), /^#!\/usr\/bin\/env node\n/)
    }
  })
}
