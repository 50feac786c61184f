import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

const integer = { content_type: 'clientuser', name: 'Visit count', value_type: 'integer' }

test('a defined attribute is written by its name or its name_std, and converted', async () => {
  const account = await openAccount()
  const { status, body } = await account.rest('POST', 'attributes/', integer)
  assert.deepEqual([status, body], [201, { ...integer, id: body.id, name_std: 'visit_count' }])
  for (const key of ['Visit count', 'visit_count']) {
    await account.rest('POST', 'users/update_or_create/', { custom_id: key, [key]: '123' })
    assert.equal((await account.rest('GET', `users-by-id/${encodeURIComponent(key)}/`)).body.visit_count, 123)
    assert.equal((await account.profile(key))['Visit count'], 123)
  }
  assert.equal((await account.definitions()).length, 1)
})

test('an attribute of camel case comes back in lower case, as the vendor answers', async () => {
  const { rest } = await openAccount()
  const { body } = await rest('POST', 'users/', { isPrivateFunded: 'no' })
  assert.equal(body.isprivatefunded, 'no')
  assert.ok(!('isPrivateFunded' in body))
})

test('a value that cannot be converted is refused by its name, and nothing is kept', async () => {
  const account = await openAccount()
  await account.rest('POST', 'attributes/', integer)
  const { status, body } = await account.rest('POST', 'users/', {
    custom_id: 'ada',
    visit_count: 'many',
    city: 'Oslo',
  })
  assert.equal(status, 400)
  assert.deepEqual(body, { visit_count: ['"many" is not a whole number.'] })
  assert.equal((await account.rest('GET', 'users-by-id/ada/')).status, 404)
})

test('set_attribute and set_multiple_attributes set what is defined, and remove_attribute clears it', async () => {
  const account = await openAccount()
  await account.rest('POST', 'attributes/', integer)
  await account.define({ name: 'plan', value_type: 'fixed', choices: ['free', 'pro'] })
  await account.rest('POST', 'users/', { custom_id: 'ada' })
  const post = (below: string, body: object) => account.rest('POST', `users-by-id/ada/${below}/`, body)
  assert.equal((await post('set_attribute', { attribute: 'visit_count', value: '2' })).body.visit_count, 2)
  const both = (await post('set_multiple_attributes', { visit_count: 3, plan: 'pro' })).body
  assert.deepEqual([both.visit_count, both.plan], [3, 'pro'])
  assert.ok(!('plan' in (await post('remove_attribute', { attribute: 'plan' })).body))

  const refused = await post('set_multiple_attributes', { visit_count: 4, unknown: 1, plan: 'gold' })
  assert.equal(refused.status, 400)
  assert.deepEqual(Object.keys(refused.body).sort(), ['plan', 'unknown'])
  for (const below of ['set_attribute', 'remove_attribute']) {
    assert.deepEqual(Object.keys((await post(below, { attribute: 'unknown', value: 1 })).body), ['unknown'])
    assert.deepEqual(Object.keys((await post(below, {})).body)[0], 'attribute')
  }
  assert.equal((await account.rest('GET', 'users-by-id/ada/')).body.visit_count, 3)
})

for (const [field, change] of Object.entries({
  name: { name: '' },
  'name too': { name: 'n'.repeat(33) },
  content_type: { content_type: 'event' },
  value_type: { value_type: 'number' },
  choices: { value_type: 'fixed' },
  'choices too': { value_type: 'fixed', choices: 'free' },
})) {
  test(`a definition with a wrong ${field} is refused by its name: ${JSON.stringify(change).slice(0, 40)}`, async () => {
    const account = await openAccount()
    const { status, body } = await account.rest('POST', 'attributes/', { ...integer, ...change })
    assert.deepEqual([status, Object.keys(body)], [400, [field.replace(' too', '')]])
    assert.deepEqual(await account.definitions(), [])
  })
}

test('an attribute is defined once: another type does not replace it', async () => {
  const { rest } = await openAccount()
  await rest('POST', 'attributes/', integer)
  const again = await rest('POST', 'attributes/', { ...integer, value_type: 'string' })
  assert.equal(again.status, 400)
  assert.match(again.body.name[0], /already exists/)
  assert.equal((await rest('POST', 'attributes/', { ...integer, content_type: 'company' })).status, 201)
  const { count, results } = (await rest('GET', 'attributes/')).body
  assert.deepEqual([count, results[0].value_type], [2, 'integer'])
})

test('the list of definitions has what messages define, but for attributes of events', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { plan: 'pro' } })
  await account.send({ type: 'track', event: 'Paid', properties: { total: 1 } })
  const { results } = (await account.rest('GET', 'attributes/')).body
  assert.deepEqual(
    results.map(({ name }: { name: string }) => name),
    ['plan'],
  )
})
