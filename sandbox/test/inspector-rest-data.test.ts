import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Account, openAccount } from './support/sandbox.ts'

// biome-ignore lint/suspicious/noExplicitAny: as in the support of these tests.
const look = async (account: Account, path: string): Promise<any> =>
  (await account.control(`/inspector${path}`)).json()

test('the REST requests before an id come in parts, oldest first', async () => {
  const account = await openAccount()
  for (const id of ['a', 'b', 'c']) await account.rest('POST', 'users/', { custom_id: id })
  const [, , third] = await account.restRequests()
  const ids = async (query: string) =>
    (await look(account, `/requests${query}`))
      .map(({ body }: { body: { custom_id: string } }) => body.custom_id)
      .join('')
  assert.equal(await ids(`?before=${third?.id}`), 'ab')
  assert.equal(await ids(`?before=${third?.id}&limit=1`), 'b')
  assert.equal(await ids('?limit=2'), 'bc')
  assert.equal(await ids('?before=1'), '')
})

test('a product is found by the id of the customer, else by its own', async () => {
  const account = await openAccount()
  const { body } = await account.rest('POST', 'products/', { name: 'Without' })
  await account.rest('POST', 'products/', { custom_id: 'a/b', name: 'With' })
  const named = async (id: string) =>
    (await look(account, `/product?id=${encodeURIComponent(id)}`)).product?.name
  assert.equal(await named(String(body.id)), 'Without')
  assert.equal(await named('a/b'), 'With')
  await account.rest('POST', 'products/', { custom_id: String(body.id), name: 'Like it' })
  assert.equal(await named(String(body.id)), 'Like it')
  assert.equal((await account.control('/inspector/product?id=nothing')).status, 404)
  const other = await openAccount()
  assert.equal((await other.control(`/inspector/product?id=${body.id}`)).status, 404)
})
