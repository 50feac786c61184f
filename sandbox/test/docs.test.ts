import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { folder } from './support/command.ts'
import { startServer } from './support/server.ts'

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
  cpSync('sandbox/test/support/playwright', join(folder, 'node_modules/@playwright/test'), {
    recursive: true,
  })
  for (const [name, code] of files) writeFileSync(join(folder, name), code)
})

/** Runs a file of the page against a sandbox, as its reader would. Returns its exit code and what it printed. */
async function run(...args: string[]) {
  const server = await startServer()
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...env, SANDBOX: `http://127.0.0.1:${server.port}` },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk))
  const [code] = await once(child, 'close')
  server.close()
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
  const { code, printed } = await run('--test', '--test-reporter=tap', 'rules.test.js')
  assert.equal(code, 0, printed)
  assert.match(printed, /^# pass 5$/m)
})

test('the test for Playwright passes, on a page that behaves as a site with the plugin', async () => {
  const { code, printed } = await run('--test', '--test-reporter=tap', 'order.spec.js')
  assert.equal(code, 0, printed)
  assert.match(printed, /^# pass 1$/m)
})

test('the configuration starts the sandbox that the tests ask', async () => {
  const { default: config } = await import(join(folder, 'playwright.config.js'))
  assert.match(config.webServer.command, /^npx userengage-sandbox /)
  assert.ok(files.get('sandbox.js')?.includes(new URL(config.webServer.url).origin))
})

test('every request of the table is there', async () => {
  const rows = [...page.matchAll(/^\| `(GET|POST|PUT) (\/api\/[^`?]*)/gm)]
  assert.equal(rows.length, 23)
  const server = await startServer()
  const headers = { authorization: 'Token demo-token' }
  for (const [, method = '', route = ''] of rows) {
    const path = route.replace(':id', 'demo').replace(':custom_id', 'nobody')
    const response = await server.ask(path, { method, headers })
    // A stream goes on for ever.
    if (path.endsWith('/stream')) await response.body?.cancel()
    else assert.doesNotMatch(await response.text(), /Nothing is at/, `${method} ${path}`)
  }
  server.close()
})
