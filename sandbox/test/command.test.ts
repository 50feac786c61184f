import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { eventsOf } from './support/event-stream.ts'
import { type Ask, accountOf, openAccount } from './support/sandbox.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
after(() => rmSync(folder, { recursive: true }))
const fresh = (() => {
  let count = 0
  return () => join(folder, 'made', `${++count}.db`)
})()

function start(...args: string[]): ChildProcess {
  const { PORT: _, ...env } = process.env
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts the command, and waits for what it prints. */
async function run(...args: string[]) {
  const child = start('--port', '0', ...args)
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += chunk
    if (printed.includes('endpoint')) break
  }
  const port = /localhost:(\d+)\//.exec(printed)?.[1]
  const ask: Ask = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)
  return {
    port: Number(port),
    printed,
    ask,
    async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      child.kill(signal)
      const [code] = await once(child, 'exit')
      return code as number | null
    },
  }
}

async function fails(...args: string[]): Promise<string> {
  const child = start(...args)
  let told = ''
  child.stderr?.on('data', (chunk) => {
    told += chunk
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  return told
}

test('prints where the demo shop, the inspector and the endpoint are', async () => {
  const sandbox = await run('--data', fresh())
  const at = `http://localhost:${sandbox.port}`
  for (const said of [`${at}/demo/`, `${at}/\n`, `${at}/api/segment/`, 'demo']) {
    assert.ok(sandbox.printed.includes(said), said)
  }
  assert.equal((await fetch(`${at}/api/sandbox/apps`)).status, 200)
  await sandbox.end()
})

test('keeps everything over a restart, faults and keys too', async () => {
  const data = fresh()
  const first = await run('--data', data)
  const account = await openAccount(first.ask)
  await account.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  await account.put('/faults', [{ status: 503 }])
  await account.put('/domains', ['shop.example'])
  await first.end()

  const second = await run('--data', data)
  const again = accountOf(account, second.ask)
  assert.equal((await again.profile()).plan, 'pro')
  assert.equal((await again.messages()).length, 1)
  assert.equal((await again.send({ type: 'page' })).status, 503)
  assert.equal((await again.send({ type: 'page' }, { origin: 'https://other.example' })).status, 403)
  await again.send({ type: 'identify', messageId: 'm' })
  assert.equal((await again.lastMessage()).repeated, true)
  await second.end()
})

test('killed without warning it keeps what it had answered', async () => {
  const data = fresh()
  const first = await run('--data', data)
  const account = await openAccount(first.ask)
  for (let i = 0; i < 20; i++) await account.send({ type: 'page' })
  await first.end('SIGKILL')

  const second = await run('--data', data)
  assert.equal((await accountOf(account, second.ask).profile()).page_views, 20)
  await second.end()
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends it well, even while somebody looks`, async () => {
    const sandbox = await run('--data', fresh())
    const stream = eventsOf(await sandbox.ask('/api/sandbox/apps/demo/stream'))
    const ended = assert.rejects(stream.next())
    assert.equal(await sandbox.end(signal), 0)
    await ended
  })
}

test('listens on loopback only', async () => {
  const sandbox = await run('--data', fresh())
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of others) {
    await assert.rejects(fetch(`http://${address}:${sandbox.port}/`), address)
  }
  await sandbox.end()
})

/** One sentence on one line: no stack. */
const oneSentence = (told: string): void => assert.match(told, /^[^\n]+\n$/)

test('a port in use: one sentence that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const told = await fails('--port', String(port), '--data', fresh())
  other.close()
  oneSentence(told)
  assert.match(told, new RegExp(`Port ${port} is in use.*--port`))
})

for (const [name, args, names] of [
  ['an unknown option', ['--colour'], /--colour.*--port NUMBER/],
  ['a word that is no option', ['start'], /start.*--port NUMBER/],
  ['a port that is none', ['--port', 'http'], /"http"/],
  ['a port that is too high', ['--port', '70000'], /"70000"/],
  [
    'a host that is not there',
    ['--port', '0', '--host', '203.0.113.1', '--data', ':memory:'],
    /203\.0\.113\.1/,
  ],
  ['a folder as data file', ['--data', folder], /Cannot open the database/],
] as const) {
  test(`${name}: one sentence that names it`, async () => {
    const told = await fails(...args)
    oneSentence(told)
    assert.match(told, names)
  })
}

test('a data file that is none: one sentence that names it', async () => {
  const file = join(folder, 'none.db')
  writeFileSync(file, 'This is a letter, and no database at all. '.repeat(100))
  const told = await fails('--data', file)
  oneSentence(told)
  assert.match(told, /none\.db.*not a database/)
})
