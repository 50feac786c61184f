import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

test('a company has its fields, its people and custom attributes flat', async () => {
  const { rest } = await openAccount()
  const fields = {
    custom_id: 'acme',
    name: 'Acme',
    address: '6th floor',
    city: 'Oslo',
    phone_numbers: ['+4712345678', '+4787654321'],
    size: 329,
    companyOwner: 'Ada',
  }
  const { status, body } = await rest('POST', 'companies/', fields)
  assert.equal(status, 201)
  assert.deepEqual(body.phone_numbers, fields.phone_numbers)
  assert.deepEqual(
    [body.address, body.size, body.employees, body.companyowner],
    ['6th floor', 329, [], 'Ada'],
  )
  for (const path of [`companies/${body.id}/`, 'companies-by-id/acme/']) {
    assert.deepEqual((await rest('GET', path)).body, body)
    const updated = (await rest('PUT', path, { city: 'Rome' })).body
    assert.deepEqual([updated.city, updated.name], ['Rome', 'Acme'])
    await rest('PUT', path, { city: 'Oslo' })
    body.updated_at = (await rest('GET', path)).body.updated_at
  }
})

test('a company is the same, whether a message or a request wrote it', async () => {
  const account = await openAccount()
  const traits = { name: 'Acme', phone: '123', employees: 12, address: { street: '6th St', city: 'Oslo' } }
  await account.send({ type: 'group', groupId: 'acme', traits })
  const { body } = await account.rest('GET', 'companies-by-id/acme/')
  assert.deepEqual([body.phone_numbers, body.size, body.address], [['123'], 12, '6th St, Oslo'])
  assert.equal(body.employees.length, 1)

  await account.rest('PUT', 'companies-by-id/acme/', { size: 13, phone_numbers: ['456', '789'] })
  const company = await account.company('acme')
  assert.deepEqual([company.employees, company.phone], [13, '456'])
  await account.send({ type: 'group', groupId: 'acme', traits: { phone: '000' } })
  assert.deepEqual((await account.rest('GET', 'companies-by-id/acme/')).body.phone_numbers, ['000'])
})

test('people join and leave a company, by either of their ids', async () => {
  const account = await openAccount()
  await account.rest('POST', 'companies/', { custom_id: 'acme', name: 'Acme' })
  const ada = (await account.rest('POST', 'users/', { custom_id: 'ada' })).body.id
  const bob = (await account.rest('POST', 'users/', { custom_id: 'bob' })).body.id
  const post = async (below: string, body: object) =>
    (await account.rest('POST', `companies-by-id/acme/${below}/`, body)).body.employees
  assert.deepEqual(await post('add_member', { user_id: ada }), [ada])
  assert.deepEqual(await post('add_member', { user_id: bob, user_custom_id: 'bob' }), [ada, bob])
  assert.deepEqual(await post('add_member', { user_custom_id: 'bob' }), [ada, bob])
  const [company] = (await account.rest('GET', 'users-by-id/ada/')).body.companies
  assert.equal(company.name, 'Acme')
  assert.deepEqual(await post('remove_member', { user_custom_id: 'ada' }), [bob])
  assert.deepEqual((await account.rest('GET', 'users-by-id/ada/')).body.companies, [])
  const empty = await account.rest('POST', 'companies-by-id/acme/add_member/', {})
  assert.deepEqual([empty.status, Object.keys(empty.body)], [400, ['user_id']])
  assert.equal((await account.rest('POST', 'companies-by-id/acme/add_member/', { user_id: 1e6 })).status, 404)
})

test('a user joins a company as it is written, if that is there', async () => {
  const { rest } = await openAccount()
  const { id } = (await rest('POST', 'companies/', { custom_id: 'acme', name: 'Acme' })).body
  const { body } = await rest('POST', 'users/', { custom_id: 'ada', company_custom_id: 'acme' })
  assert.deepEqual(body.companies[0].id, id)
  const refused = await rest('POST', 'users/update_or_create/', {
    custom_id: 'bob',
    company_custom_id: 'nobody',
  })
  assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['company_custom_id']])
  assert.equal((await rest('GET', 'users-by-id/bob/')).status, 404)
})

for (const [field, body] of [
  ['name', {}],
  ['name', { name: '' }],
  ['address', { name: 'Acme', address: { city: 'Oslo' } }],
  ['phone_numbers', { name: 'Acme', phone_numbers: '+4712345678' }],
  ['size', { name: 'Acme', size: 'big' }],
  ['city', { name: 'Acme', city: 'x'.repeat(65) }],
  ['custom_id', { name: 'Acme', custom_id: 'taken' }],
  ['tags', { name: 'Acme', tags: 'vip' }],
] as const) {
  test(`the company ${JSON.stringify(body).slice(0, 60)} is refused by its ${field}`, async () => {
    const { rest } = await openAccount()
    await rest('POST', 'companies/', { name: 'Other', custom_id: 'taken' })
    const answer = await rest('POST', 'companies/', body)
    assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [field]])
    assert.equal((await rest('GET', 'companies/')).body.count, 1)
  })
}

test('tags are added, never taken away, and new ones are created', async () => {
  const { rest } = await openAccount()
  await rest('POST', 'companies/', { name: 'Acme', custom_id: 'acme', tags: ['a'] })
  const { body } = await rest('PUT', 'companies-by-id/acme/', { tags: ['b', 'a'] })
  assert.deepEqual(
    body.tags.map(({ name }: { name: string }) => name),
    ['a', 'b'],
  )
  const user = (await rest('POST', 'users/', { tags: ['b'] })).body
  assert.deepEqual(user.tags, [body.tags[1]])
})
