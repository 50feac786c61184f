import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, errorMessage, openAccount } from './support/sandbox.ts'

for (const id of [
  'a/b',
  'a/',
  '//',
  '%41',
  '%',
  'a%2Fevents',
  'events',
  'a?b#c',
  'a b+c',
  '...',
  ':custom_id',
  'żółw',
  '👩‍💻',
  'a\0b',
  ' ',
]) {
  test(`the id ${JSON.stringify(id)} works in every address`, async () => {
    const account = await openAccount()
    await account.send({ type: 'track', event: 'Seen', userId: id })
    await account.send({ type: 'page', userId: id })
    await account.send({ type: 'group', groupId: id, userId: id })
    assert.equal((await account.profile(id)).custom_id, id)
    assert.equal((await account.events(id)).length, 1)
    assert.equal((await account.pageViews(id)).length, 1)
    assert.equal((await account.company(id)).custom_id, id)
  })
}

test("every address of the sandbox's own API works with and without its last slash", async () => {
  const account = await openAccount()
  await account.send({ type: 'page' })
  await account.send({ type: 'group', groupId: 'acme' })
  await account.send({ type: 'track', event: 'Seen' })
  for (const path of [
    '/api/sandbox/apps',
    `/api/sandbox/apps/${account.id}/users/ann`,
    `/api/sandbox/apps/${account.id}/users/ann/events`,
    `/api/sandbox/apps/${account.id}/users/ann/page_views`,
    `/api/sandbox/apps/${account.id}/companies/acme`,
    `/api/sandbox/apps/${account.id}/attributes`,
    `/api/sandbox/apps/${account.id}/messages`,
    `/api/sandbox/apps/${account.id}/users`,
    `/api/sandbox/apps/${account.id}/events`,
  ]) {
    const [without, withSlash] = [await ask(path), await ask(`${path}/`)]
    assert.deepEqual([without.status, withSlash.status], [200, 200], path)
    assert.deepEqual(await without.json(), await withSlash.json(), path)
  }
})

test('the endpoint accepts POST only; a page can read the 404 of other methods', async () => {
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await ask('/api/segment/', { method })
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.match(await errorMessage(response), /takes messages, by POST/)
  }
})

const origin = 'https://shop.example'
for (const path of ['/', '/segment/', '/segment', '/api/segment/v1/t', '/api', '/v1/track', '/demo/']) {
  test(`a page of another origin that sends a message to ${path} can read which address is right`, async () => {
    const preflight = await ask(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/)
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization, ?content-type/)

    const response = await ask(path, { method: 'POST', headers: { origin }, body: '{}' })
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.match(
      await errorMessage(response),
      new RegExp(`^Nothing is at ${path}\\. Messages go to POST http://localhost/api/segment/;`),
    )
  })
}

test('a page of another origin can read no other answer of the sandbox', async () => {
  const { id } = await openAccount()
  for (const path of ['/', '/demo/', '/inspector/main.js', '/api/sandbox/apps', `/api/sandbox/apps/${id}`]) {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const response = await ask(path, { method, headers: { origin } })
      const isReadable = response.headers.get('access-control-allow-origin') !== null
      assert.ok(!isReadable || response.status === 404 || response.status === 204, `${method} ${path}`)
      assert.ok(!isReadable || !path.startsWith('/api/sandbox'), `${method} ${path}`)
    }
  }
})

test('the key of one app gives no access to another', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()]
  await mine.send({ type: 'page' })
  assert.equal((await theirs.control('/users/ann')).status, 404)
})
