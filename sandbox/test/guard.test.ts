import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { createApp } from '../app.ts'
import { openStore } from '../database/store.ts'
import { fails, fresh, run } from './support/command.ts'
import { type Account, errorMessage, openAccount } from './support/sandbox.ts'
import { type Server, startServer } from './support/server.ts'

let server: Server
before(async () => {
  server = await startServer()
})
after(() => server.close())

/** What `fetch` never sends: a `Host` of the test's own, `undefined` for none. */
function ask(path: string, headers: Record<string, string | undefined>, method = 'GET', port = server.port) {
  const { host, ...others } = headers
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request({ port, host: '127.0.0.1', path, method, setHost: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    for (const [name, value] of Object.entries(others)) if (value) sending.setHeader(name, value)
    if (host) sending.setHeader('host', host)
    sending.on('error', reject).end()
  })
}

for (const host of [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'shop.localhost',
  '127.0.0.1',
  '127.8.9.10',
  '[::1]',
]) {
  test(`the sandbox answers for ${host}`, async () => {
    const { status } = await ask('/api/sandbox/apps', { host: `${host}:${server.port}` })
    assert.equal(status, 200)
  })
}

for (const host of [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.evil.example',
  'evil-localhost',
  'notlocalhost',
  '[::2]',
  '192.168.1.5',
]) {
  test(`the sandbox does not answer for ${host}, on any path`, async () => {
    for (const path of [
      '/',
      '/demo/',
      '/api/sandbox/apps',
      '/api/public/users/',
      '/api/segment/',
      '/dist/index.js',
    ]) {
      const { status, text } = await ask(path, { host: `${host}:${server.port}` })
      assert.equal(status, 403, path)
      assert.match(text, new RegExp(`--allow-host ${host.replace(/[[\].]/g, '\\$&')}`))
    }
  })
}

test('an address in the request line does not hide the host', async () => {
  const { status } = await ask(`http://localhost:${server.port}/api/sandbox/apps`, { host: 'evil.example' })
  assert.notEqual(status, 200)
  const other = await ask('http://evil.example/api/sandbox/apps', { host: 'localhost' })
  assert.notEqual(other.status, 200)
})

const foreign: [name: string, headers: (own: string) => Record<string, string>][] = [
  ['another site', () => ({ origin: 'https://evil.example' })],
  ['another port of this machine', () => ({ origin: 'http://localhost:1' })],
  ['no site at all', () => ({ origin: 'null' })],
  ['what is no origin', () => ({ origin: 'evil' })],
  ['another site that sends no Origin', () => ({ 'sec-fetch-site': 'cross-site' })],
  ['another site that claims an own Origin', (own) => ({ origin: own, 'sec-fetch-site': 'cross-site' })],
]
for (const [name, headers] of foreign) {
  test(`a page of ${name} neither controls the sandbox nor writes by REST`, async () => {
    const account: Account = await openAccount(server.ask)
    const given = { host: `localhost:${server.port}`, ...headers(`http://localhost:${server.port}`) }
    const authorization = `Token ${account.token}`
    const apps = async () => ((await (await server.ask('/api/sandbox/apps')).json()) as unknown[]).length
    const before = await apps()
    for (const [method, path] of [
      ['POST', '/api/sandbox/apps'],
      ['GET', '/api/sandbox/apps'],
      ['GET', `/api/sandbox/apps/${account.id}/messages`],
      ['PUT', `/api/sandbox/apps/${account.id}/rest`],
      ['POST', '/api/public/users/'],
      ['PUT', '/api/public/users/1/'],
      ['DELETE', '/api/public/users/1/'],
    ] as const) {
      const { status, text } = await ask(path, { ...given, authorization }, method)
      assert.equal(status, 403, `${method} ${path}`)
      assert.match(JSON.parse(text).message, /only its own pages may/)
    }
    assert.equal(await apps(), before)
  })
}

test('the pages of the sandbox itself control it, by whichever of its names', async () => {
  for (const name of ['localhost', '127.0.0.1', '[::1]']) {
    const host = `${name}:${server.port}`
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
    assert.equal((await ask('/api/sandbox/apps', headers, 'POST')).status, 201, name)
  }
})

test('the Segment endpoint takes messages of every origin', async () => {
  const account = await openAccount(server.ask)
  for (const origin of ['https://shop.example', 'null']) {
    assert.equal(
      (await account.send({ type: 'page' }, { origin, 'sec-fetch-site': 'cross-site' })).status,
      200,
    )
  }
})

test('a name that --allow-host adds is answered, as an origin too', async () => {
  const app = createApp(openStore(':memory:'), process.cwd(), { allowed: ['sandbox.test'] })
  const asked = (url: string, headers = {}) => app.request(url, { method: 'POST', headers })
  assert.equal((await asked('http://sandbox.test/api/sandbox/apps')).status, 201)
  assert.equal((await asked('http://other.test/api/sandbox/apps')).status, 403)
  const origin = { origin: 'https://sandbox.test' }
  assert.equal((await asked('http://localhost:4400/api/sandbox/apps', origin)).status, 201)
})

test('with --host the address that it names is answered, and with 0.0.0.0 every address but no name', async () => {
  const asked = async (host: string, url: string) =>
    (
      await createApp(openStore(':memory:'), process.cwd(), { host, allowed: [] }).request(
        `${url}/api/sandbox/apps`,
      )
    ).status
  assert.equal(await asked('192.168.1.5', 'http://192.168.1.5:4400'), 200)
  assert.equal(await asked('192.168.1.5', 'http://192.168.1.6:4400'), 403)
  assert.equal(await asked('my-laptop', 'http://my-laptop:4400'), 200)
  assert.equal(await asked('0.0.0.0', 'http://192.168.1.6:4400'), 200)
  assert.equal(await asked('::', 'http://[fe80::1]:4400'), 200)
  assert.equal(await asked('0.0.0.0', 'http://my-laptop:4400'), 403)
})

test('the command takes --allow-host more than once, and says what a name is', async () => {
  const child = await run('--data', fresh(), '--allow-host', 'One.test', '--allow-host', 'two.test')
  for (const host of ['one.test', 'two.test:80']) {
    assert.equal((await ask('/api/sandbox/apps', { host }, 'GET', child.port)).status, 200, host)
  }
  assert.equal((await ask('/api/sandbox/apps', { host: 'three.test' }, 'GET', child.port)).status, 403)
  await child.end()
  assert.match(
    await fails('--data', fresh(), '--allow-host', 'https://one.test'),
    /--allow-host must be a host name/,
  )
})

test('a refusal is told as JSON with the reason', async () => {
  const response = await createApp(openStore(':memory:'), process.cwd()).request('http://evil.example/')
  assert.match(await errorMessage(response), /does not answer for the host "evil.example"/)
})
