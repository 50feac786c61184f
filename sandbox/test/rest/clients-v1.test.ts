// The requests that published clients of version 1 of UserEngage's REST API send, one test for each client. The shapes are from the
// clients' public source code; the code here is the project's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

/** Version 1: the client asks for no version. */
const v1 = { accept: '*/*' }

// https://github.com/keghub/usercom-dotnet-sdk
test('the .NET SDK: version 1, display names with spaces as keys, pages, and a list for one email', async () => {
  const { rest } = await openAccount()
  const ask = (method: string, path: string, body?: object) => rest(method, path, body, v1)
  for (const [name, value_type] of [
    ['Verified Member', 'boolean'],
    ['Latest Member Login', 'datetime'],
    ['birth_year', 'integer'],
  ]) {
    await ask('POST', 'attributes/', { content_type: 'clientuser', name, value_type })
  }
  const written = await ask('POST', 'users/update_or_create/', {
    user_id: 'member-7',
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: null,
    gender: 3,
    status: 2,
    birth_year: 1985,
    'Verified Member': true,
    'Latest Member Login': '2026-11-24T12:00:00Z',
  })
  assert.deepEqual(Object.keys(written.body), ['created', 'id'])

  const user = (await ask('GET', 'users-by-id/member-7/')).body
  assert.deepEqual(
    [user.user_id, user.id, user.status, user.gender],
    ['member-7', written.body.id, 'user', 'female'],
  )
  assert.match(user.key, /^\w{12}$/)
  for (const name of ['custom_id', 'user_key', 'birth_year']) assert.ok(!(name in user), name)
  const attributes = user.attributes as { name: string; name_std: string; value: unknown }[]
  assert.deepEqual(attributes.map(({ name, name_std, value }) => [name, name_std, value]).sort(), [
    ['Latest Member Login', 'latest_member_login', '2026-11-24T12:00:00.000Z'],
    ['Verified Member', 'verified_member', true],
    ['birth_year', 'birth_year', 1985],
  ])
  assert.equal((await ask('GET', 'users/search/?email=ada@example.com&many=true')).body.length, 1)
  for (const list of ['events', 'ping_hits', 'product_events']) {
    assert.deepEqual((await ask('GET', `users-by-id/member-7/${list}/`)).body, {
      count: 0,
      next: null,
      previous: null,
      results: [],
    })
  }
  assert.equal((await ask('DELETE', 'users-by-id/member-7/')).status, 204)
})

// https://github.com/uptimerobot/usercom-sdk
test('a TypeScript client: names of version 1, several attributes at once, events by its own id, Retry-After', async () => {
  const account = await openAccount()
  const ask = (method: string, path: string, body?: object) => account.rest(method, path, body, v1)
  await ask('POST', 'users/update_or_create/', { user_id: 'u-1', email: 'ada@example.com' })
  await ask('POST', 'attributes/', { content_type: 'clientuser', name: 'monitors', value_type: 'integer' })
  const set = await ask('POST', 'users-by-id/u-1/set_multiple_attributes/', { monitors: 50 })
  assert.deepEqual([set.status, set.body.attributes[0].value], [200, 50])
  const { id } = (await ask('GET', 'users-by-id/u-1/')).body
  assert.equal((await ask('POST', 'users-by-id/u-1/events/', { name: 'Paid' })).status, 201)
  assert.equal((await ask('POST', 'events/', { client: id, name: 'Paid' })).body.created, false)
  // Version 2's names are none of version 1's: the user is created without an id, as by a client that mixes them.
  const mixed = (await ask('POST', 'users/update_or_create/', { custom_id: 'u-2' })).body
  assert.equal((await ask('GET', `users/${mixed.id}/`)).body.user_id, null)

  await account.rest('POST', 'products/', { custom_id: 'pro', name: 'Pro' })
  const bought = { user_id: 'u-1', event_type: 'purchase', data: {} }
  assert.equal((await ask('POST', 'products-by-id/pro/product_event/', bought)).status, 201)
  const byClient = { client: id, event_type: 'view', data: {} }
  assert.equal((await ask('POST', 'products-by-id/pro/product_event/', byClient)).status, 201)
  const company = (await ask('POST', 'companies/', { name: 'Acme', company_id: 'acme', approx_employees: 9 }))
    .body
  assert.deepEqual([company.company_id, company.approx_employees], ['acme', 9])
  await account.put('/rest/faults', [{ status: 429, retryAfter: 3 }])
  assert.equal((await ask('GET', 'users/')).headers.get('retry-after'), '3')
})
