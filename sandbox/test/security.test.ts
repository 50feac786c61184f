import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { fresh, run } from './support/command.ts'
import { ask, errorMessage, openAccount } from './support/sandbox.ts'
import { startServer } from './support/server.ts'

const script = '<script>alert(1)</script>'
const link = 'javascript:alert(1)'
const broken = `"><img src=x onerror=alert(1)>${script}`

test('names, traits and URLs with a script come back as JSON that no browser renders as a page', async () => {
  const account = await openAccount()
  const customId = `ann ${broken}`
  const who = { userId: customId }
  await account.send({ ...who, type: 'identify', traits: { first_name: script, [broken]: script } })
  await account.send({ ...who, type: 'page', context: { page: { url: link, title: script } } })
  await account.send({ ...who, type: 'track', event: script, properties: { [broken]: broken } })
  await account.send({ ...who, type: 'group', groupId: script, traits: { name: broken } })
  await account.post(script)

  const id = encodeURIComponent(customId)
  for (const response of [
    await account.control('/messages'),
    await account.control('/users'),
    await account.control('/events'),
    await account.control('/companies'),
    await account.control(`/messages?limit=${encodeURIComponent(script)}`),
    await account.read(`/users-by-id/${id}/`),
    await account.read(`/users-by-id/${id}/events/`),
    await account.read(`/users-by-id/${id}/ping_hits/`),
    await account.read(`/companies-by-id/${encodeURIComponent(script)}/`),
    await account.read('/attributes/'),
    await account.control(`/users/${id}`),
    await account.control(`/companies/${encodeURIComponent(script)}`),
    await account.control('/rest/requests'),
    await account.post(script),
    await ask(`/api/sandbox/apps/${encodeURIComponent(script)}/users`),
    await ask(`/api/${encodeURIComponent(script)}`),
  ]) {
    assert.equal(response.headers.get('content-type'), 'application/json')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /^default-src '(none|self)'(?!.*unsafe)/,
    )
    JSON.parse(await response.text())
  }
  assert.equal((await account.profile(customId))[broken], script)
})

test('no answer to an address with a script is a page', async () => {
  for (const path of [`/${script}`, `/inspector/${script}`, `/demo/?app=${script}`]) {
    const { headers, status } = await ask(path)
    assert.equal(status, 404)
    assert.doesNotMatch(headers.get('content-type') ?? '', /html/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.doesNotMatch(headers.get('content-security-policy') ?? 'unsafe', /unsafe/)
  }
})

for (const folder of ['inspector', 'demo']) {
  test(`no page of ${folder} has an inline script or style, which the policy would block`, () => {
    const files = readdirSync(`sandbox/${folder}`, { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => /\.(html|js)$/.test(name))) {
      const text = readFileSync(`sandbox/${folder}/${file}`, 'utf8')
      assert.doesNotMatch(text, /\sstyle=["']|\son\w+=["']|<style|<script(?![^>]*\ssrc=)/, file)
      assert.doesNotMatch(text, /\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|eval\(/, file)
    }
  })
}

test('the sandbox refuses a body of 10 MB, does not keep it, and answers the next request', async () => {
  const server = await startServer()
  const account = await openAccount(server.ask)
  const refused = await account.post('x'.repeat(10 * 1024 * 1024))
  assert.equal(refused.status, 413)
  assert.match(await errorMessage(refused), /larger than 1048576 bytes/)
  assert.ok(String((await account.lastMessage()).body).length <= 1000)
  assert.equal((await account.send({ type: 'page' })).status, 200)
  server.close()
})

test('another machine reaches the sandbox only with --host', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  const [closed, open] = await Promise.all([
    run('--data', fresh()),
    run('--data', fresh(), '--host', '0.0.0.0'),
  ])
  for (const { address } of others) {
    await assert.rejects(fetch(`http://${address}:${closed.port}/`), address)
    assert.equal((await fetch(`http://${address}:${open.port}/api/sandbox/apps`)).status, 200)
  }
  await Promise.all([closed.end(), open.end()])
})
