import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { createApp } from '../app.ts'
import { openStore } from '../database/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-pages-'))
after(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
write('secret.txt', 'secret')
write('sandbox/inspector/index.html', '<h1>Inspector</h1>')
write('sandbox/inspector/main.js', 'export {}')
write('sandbox/inspector/css/frame.css', 'body {}')
write('sandbox/inspector/icon.svg', '<svg/>')
write('sandbox/demo/index.html', '<p data-key="{{apiKey}}" data-endpoint="{{endpoint}}" data-app="{{app}}">')
write('sandbox/demo/main.js', 'export {}')

const store = openStore(':memory:')
const sandbox = createApp(store, folder)
const built = createApp(store, join(folder, 'built'))
for (const path of ['demo/index.html', 'inspector/index.html']) {
  write(`built/sandbox/${path}`, '{{apiKey}} {{endpoint}} {{app}}')
}
write('built/dist/userengage-analytics.min.js', 'void 0')
write('built/dist/userengage-analytics.min.js.map', '{}')
write('built/dist/integrity.json', '{}')

const types: [app: typeof sandbox, path: string, type: RegExp][] = [
  [sandbox, '/', /^text\/html/],
  [sandbox, '/inspector/main.js', /^text\/javascript/],
  [sandbox, '/inspector/css/frame.css', /^text\/css/],
  [sandbox, '/inspector/icon.svg', /^image\/svg\+xml/],
  [sandbox, '/demo/main.js', /^text\/javascript/],
  [built, '/demo/', /^text\/html/],
  [built, '/dist/userengage-analytics.min.js', /^text\/javascript/],
  [built, '/dist/userengage-analytics.min.js.map', /json/],
  [built, '/dist/integrity.json', /^application\/json/],
]
for (const [app, path, type] of types) {
  test(`${path} is served with its type, a strict policy and no cache`, async () => {
    const { status, headers } = await app.request(path)
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', type)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'same-origin')
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'self'.*object-src 'none'.*base-uri 'none'.*frame-ancestors 'self'/)
    assert.doesNotMatch(policy, /unsafe/)
  })
}

test('the demo shop contains the key of its app and the address of the sandbox', async () => {
  const ask = async (path: string) => (await built.request(`http://localhost:4401${path}`)).text()
  assert.equal(await ask('/demo/'), 'demo http://localhost:4401/api/segment/ demo')
  const { id, apiKey } = store.apps.create()
  assert.equal(await ask(`/demo/?app=${id}`), `${apiKey} http://localhost:4401/api/segment/ ${id}`)
  assert.doesNotMatch(await ask('/demo/index.html'), /\{\{/)
})

test('the demo shop of an unknown app is answered 404', async () => {
  const response = await built.request('/demo/?app=<b>')
  assert.equal(response.status, 404)
  assert.doesNotMatch(await response.text(), /<b>/)
})

test('/demo redirects to /demo/', async () => {
  const response = await sandbox.request('/demo')
  assert.equal(response.status, 302)
  assert.equal(response.headers.get('location'), '/demo/')
})

test('without a build the demo shop names the command to run', async () => {
  const response = await sandbox.request('/demo/')
  assert.equal(response.status, 503)
  assert.match(await response.text(), /npm run build/)
  assert.equal((await sandbox.request('/dist/index.js')).status, 404)
})

for (const path of [
  '/inspector/../../secret.txt',
  '/inspector/%2e%2e/%2e%2e/secret.txt',
  '/inspector/..%2f..%2fsecret.txt',
  '/inspector/..%5c..%5csecret.txt',
  '/demo/%252e%252e/secret.txt',
  '/dist//etc/passwd',
]) {
  test(`${path} is answered 404`, async () => {
    const response = await sandbox.request(path)
    assert.equal(response.status, 404)
    assert.doesNotMatch(await response.text(), /secret$/)
  })
}
