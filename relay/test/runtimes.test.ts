import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { build } from 'esbuild'
import { type Account, openAccount } from '../../sandbox/test/support/sandbox.ts'
import { type Server, startServer } from '../../sandbox/test/support/server.ts'
import { messageOf, origin } from './support/relay.ts'
import { having, type Runtime, runtimes, serveOn } from './support/runtimes.ts'

let sandbox: Server
const folder = mkdtempSync(join(tmpdir(), 'relay-runtimes-'))
before(async () => {
  sandbox = await startServer()
})
after(() => {
  sandbox.close()
  rmSync(folder, { recursive: true })
})

async function started(runtime: Runtime) {
  const account = await openAccount(sandbox.ask)
  const outfile = join(mkdtempSync(join(folder, 'worker-')), 'worker.mjs')
  await build({
    entryPoints: ['relay/test/runtimes/worker.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    define: { SANDBOX: JSON.stringify(sandbox.origin), TOKEN: JSON.stringify(account.token) },
    logLevel: 'warning',
  })
  const endpoint = await serveOn(runtime, outfile)
  const send = (fields: object, path = '/hello', headers: object = { origin }): Promise<Response> =>
    fetch(endpoint + path, {
      method: 'POST',
      body: JSON.stringify(messageOf(fields)),
      headers: { ...headers },
    })
  return { account, endpoint, send }
}
const statuses = async (answers: Promise<Response>[]): Promise<number[]> =>
  (await Promise.all(answers)).map(({ status }) => status)
const eventsOf = async (account: Account, user = 'ann'): Promise<string[]> =>
  (await account.events(user)).map(({ name }: { name: string }) => name)

for (const runtime of runtimes) {
  test(`the relay runs on ${runtime}`, having(runtime), async (t) => {
    const { account, endpoint, send } = await started(runtime)

    await t.test('health and preflight', async () => {
      assert.deepEqual(await (await fetch(endpoint)).json(), { status: 'ok', delivered: 0, pausedMs: 0 })
      const preflight = await fetch(endpoint, { method: 'OPTIONS', headers: { origin } })
      assert.equal(preflight.status, 204)
      assert.equal(preflight.headers.get('access-control-allow-origin'), origin)
    })

    await t.test('all four calls', async () => {
      const calls = [
        { type: 'identify', traits: { email: 'ann@shop.example', visits: 3 } },
        { type: 'page', context: { locale: 'pl' } },
        { type: 'track', event: 'Bought', properties: { price: 9 } },
        { type: 'group', groupId: 'acme', traits: { name: 'Acme' } },
      ]
      for (const call of calls) assert.equal((await send(call)).status, 200)
      const { email, visits, language, companies } = await account.profile()
      assert.deepEqual([email, visits, language, companies[0].name], ['ann@shop.example', '3', 'pl', 'Acme'])
      assert.deepEqual((await eventsOf(account)).sort(), ['Bought', 'Page view'])
    })

    await t.test('a hundred copies at the same moment are one event', async () => {
      const copies = Array.from({ length: 100 }, () => send({ userId: 'copies', messageId: 'copy' }))
      assert.deepEqual([...new Set(await statuses(copies))], [200])
      assert.equal((await eventsOf(account, 'copies')).length, 1)
    })

    await t.test('more messages than calls at once, of one user and of many', async () => {
      const many = Array.from({ length: 30 }, (_, n) => send({ userId: n % 2 ? 'busy' : `user ${n}` }))
      assert.deepEqual([...new Set(await statuses(many))], [200])
      assert.equal((await eventsOf(account, 'busy')).length, 15)
    })

    await t.test(
      'a foreign origin, a body that is none, one that is too large, and another method',
      async () => {
        assert.equal((await send({}, '/hello', { origin: 'https://evil.example' })).status, 403)
        const post = (body: string) => fetch(endpoint, { method: 'POST', body, headers: { origin } })
        assert.equal((await post('{')).status, 400)
        assert.equal((await post('x'.repeat(1_100_000))).status, 413)
        assert.equal((await fetch(endpoint, { method: 'DELETE', headers: { origin } })).status, 405)
      },
    )

    await t.test('userHash', async () => {
      const hash = createHmac('sha256', 'secret').update('ann').digest('hex')
      assert.equal((await send({ context: { userHash: hash } }, '/verified')).status, 200)
      assert.equal((await send({ context: { userHash: hash.replace(/./, 'x') } }, '/verified')).status, 422)
    })

    await t.test('User.com that hangs, cuts, redirects or asks to wait', async () => {
      const fault = (one: object) => account.put('/rest/faults', [{ times: 1, ...one }])
      for (const [what, status] of [
        [{ delayMs: 5000 }, 503],
        // Twice: Deno itself sends again what was cut on a connection that it had kept.
        [{ drop: true, times: 2 }, 503],
        [{ status: 401 }, 503],
        [{ status: 503 }, 503],
        [{ status: 429, retryAfter: 2 }, 429],
      ] as const) {
        await fault(what)
        const response = await send({ messageId: `met ${JSON.stringify(what)}` })
        assert.equal(response.status, status, JSON.stringify(what))
        if (status === 429) assert.ok(Number(response.headers.get('retry-after')) >= 2)
      }
    })
  })
}
