import assert from 'node:assert/strict'
import { execSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { before, test } from 'node:test'
import browser from '../../playwright.config.ts'
import { folder } from './support/command.ts'
import { startServer } from './support/server.ts'
import { startShop } from './support/shop.ts'

const page = readFileSync('docs/sandbox.md', 'utf8')
/** The code blocks; the first line of each names its file. */
const files = new Map(
  [...page.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, name, code]) => [
    name as string,
    code as string,
  ]),
)

before(() => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [name, code] of files) writeFileSync(join(folder, name), code)
  // The page's configuration, with this machine's browser and the patience of our other browser tests.
  writeFileSync(
    join(folder, 'this-machine.config.js'),
    `import config from './playwright.config.js'
const { use, ...waiting } = ${JSON.stringify({ use: browser.use, expect: browser.expect, timeout: browser.timeout })}
export default { ...config, ...waiting, use: { ...config.use, ...use } }`,
  )
})

/** Runs Node in the folder of the page's files. Returns the exit code and the output. */
async function run(env: Record<string, string>, ...args: string[]) {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...inherited, ...env } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { code, printed }
}

test('every code block of the page names its file', () => {
  assert.deepEqual(
    [...files.keys()],
    ['playwright.config.js', 'sandbox.js', 'order.spec.js', 'rules.test.js'],
  )
  assert.equal(page.match(/^```js$/gm)?.length, files.size)
})

test('the tests for Node pass', async () => {
  const sandbox = await startServer()
  const { code, printed } = await run(
    { SANDBOX: sandbox.origin },
    '--test',
    '--test-reporter=tap',
    'rules.test.js',
  )
  sandbox.close()
  assert.equal(code, 0, printed)
  assert.match(printed, /^# pass 6$/m)
})

test("Playwright runs the page's test, and only it, in a browser on a shop with the built plugin", async () => {
  if (!existsSync('dist/userengage-analytics.min.js')) execSync('npm run --silent build')
  const [sandbox, shop] = [await startServer(), await startShop()]
  const { code, printed } = await run(
    { SANDBOX: sandbox.origin, SITE: shop.origin },
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config=this-machine.config.js',
    '--reporter=list',
  )
  sandbox.close()
  shop.close()
  assert.equal(code, 0, printed)
  assert.match(printed, /^ +1 passed/m)
})

test('the configuration starts the site, and the sandbox that the tests ask', async () => {
  const { default: config } = await import(join(folder, 'playwright.config.js'))
  const [site, sandbox] = config.webServer
  assert.equal(site.url, config.use.baseURL)
  assert.match(sandbox.command, /^npx userengage-sandbox /)
  assert.equal(new URL(sandbox.url).port, '4400')
  assert.match(files.get('sandbox.js') ?? '', new RegExp(`'${sandbox.url}'`))
})

test('every request of the table is there', async () => {
  const rows = [...page.matchAll(/^\| `(GET|POST|PUT) (\/api\/[^`?]*)/gm)]
  assert.equal(rows.length, 31)
  const server = await startServer()
  const headers = { authorization: 'Token demo-token' }
  for (const [, method = '', route = ''] of rows) {
    const path = route.replace(':id', 'demo').replace(':custom_id', 'nobody')
    const response = await server.ask(path, { method, headers })
    // A stream has no end.
    if (path.endsWith('/stream')) await response.body?.cancel()
    else assert.doesNotMatch(await response.text(), /Nothing is at/, `${method} ${path}`)
  }
  server.close()
})
