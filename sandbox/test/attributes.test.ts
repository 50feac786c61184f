import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorMessage, openAccount } from './support/sandbox.ts'

test('"custom_integer attribute will be set to 123 […] custom_integer_new attribute will be created and set to \'999\'"', async () => {
  const account = await openAccount()
  await account.define({ name: 'custom_integer', value_type: 'number' })

  await account.send({ type: 'identify', traits: { custom_integer: '123', custom_integer_new: 999 } })

  const { custom_integer, custom_integer_new } = await account.profile()
  assert.deepEqual([custom_integer, custom_integer_new], [123, '999'])
  const types = (await account.definitions()).map((definition: Record<string, unknown>) => [
    definition.name,
    definition.value_type,
    definition.content_type,
  ])
  assert.deepEqual(types, [
    ['custom_integer', 'number', 'clientuser'],
    ['custom_integer_new', 'string', 'clientuser'],
  ])
})

test('an undefined attribute becomes a string and converts every value to text', async () => {
  const account = await openAccount()
  const traits = { flag: true, list: [1, 2], object: { a: 1 }, text: 'x' }
  await account.send({ type: 'identify', traits })
  const { flag, list, object, text } = await account.profile()
  assert.deepEqual(
    { flag, list, object, text },
    { flag: 'true', list: '[1,2]', object: '{"a":1}', text: 'x' },
  )
})

test('"ignoring values that cannot be converted": the value before stays, and the log says why', async () => {
  const account = await openAccount()
  await account.define({ name: 'age', value_type: 'integer' })
  await account.send({ type: 'identify', traits: { age: 30 } })
  await account.send({ type: 'identify', traits: { age: 'old' } })
  assert.equal((await account.profile()).age, 30)
  const { changes } = await account.lastMessage()
  assert.deepEqual(changes.at(-1), {
    kind: 'ignored',
    of: 'user',
    name: 'age',
    value: 'old',
    reason: 'not a whole number',
  })
})

test('an attribute of type json keeps objects unchanged', async () => {
  const account = await openAccount()
  await account.define({ name: 'cart', value_type: 'json' })
  await account.send({ type: 'identify', traits: { cart: { items: [1, null] } } })
  assert.deepEqual((await account.profile()).cart, { items: [1, null] })
})

test('the sandbox keeps 1,000 levels of nesting, as text and as JSON', async () => {
  const account = await openAccount()
  await account.define({ name: 'deep', value_type: 'json' })
  const deep = `${'['.repeat(1000)}${']'.repeat(1000)}`
  const traits = `{"deep":${deep},"text":${deep}}`
  const body = `{"type":"identify","messageId":"m","userId":"ann","traits":${traits}}`
  assert.equal((await account.post(body)).status, 200)
  const profile = await account.profile()
  assert.deepEqual([JSON.stringify(profile.deep), profile.text], [deep, deep])
  assert.equal((await account.messages()).length, 1)
})

test('properties of events and traits of companies are converted in the same way', async () => {
  const account = await openAccount()
  await account.define({ content_type: 'event', event: 'Bought', name: 'price', value_type: 'float' })
  await account.define({ content_type: 'event', name: 'count', value_type: 'integer' })
  await account.define({ content_type: 'company', name: 'seats', value_type: 'integer' })

  const properties = { price: '9.5', count: '2', size: 7, wrong: null }
  await account.send({ type: 'track', event: 'Bought', properties })
  await account.send({ type: 'track', event: 'Viewed', properties: { price: '9.5', count: 'many' } })
  await account.send({ type: 'group', groupId: 'acme', traits: { seats: '12', tier: 3 } })

  const [bought, viewed] = await account.events()
  assert.deepEqual(bought.data, { price: 9.5, count: 2, size: '7', wrong: null })
  assert.deepEqual(viewed.data, { price: '9.5' })
  const { seats, tier } = await account.company('acme')
  assert.deepEqual([seats, tier], [12, '3'])
})

test('a definition is answered as the public API shows it', async () => {
  const account = await openAccount()
  const response = await account.define({ name: 'API string attribute', value_type: 'string' })
  assert.equal(response.status, 201)
  const definition = (await response.json()) as object
  assert.deepEqual(definition, {
    ...definition,
    name: 'API string attribute',
    name_std: 'api_string_attribute',
    value_type: 'string',
    content_type: 'clientuser',
  })
  assert.deepEqual(await account.definitions(), [definition])
})

test('the list of attributes has the choices of a fixed choice and the event of an event attribute', async () => {
  const account = await openAccount()
  await account.define({ name: 'plan', value_type: 'fixed', choices: ['free', 'pro'] })
  await account.define({ name: 'price', value_type: 'float', content_type: 'event', event: 'Bought' })
  const [plan, price] = await account.definitions()
  assert.deepEqual(plan.choices, ['free', 'pro'])
  assert.deepEqual(price.event, 'Bought')
})

for (const [name, definition, names] of [
  ['without a name', { value_type: 'string' }, /"name"/],
  ['of an unknown type', { name: 'a', value_type: 'text' }, /"value_type".*string/],
  [
    'of an unknown owner',
    { name: 'a', value_type: 'string', content_type: 'user' },
    /"content_type".*clientuser/,
  ],
  ['with a choice but no choices', { name: 'a', value_type: 'fixed' }, /"choices"/],
] as const) {
  test(`a definition ${name} is refused`, async () => {
    const response = await (await openAccount()).define(definition)
    assert.equal(response.status, 400)
    assert.match(await errorMessage(response), names)
  })
}

test('the log lists the changes of a message in order, with the values before and after', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { plan: 'free' } })
  assert.deepEqual((await account.lastMessage()).changes, [
    { kind: 'user', custom_id: 'ann', created: true },
    { kind: 'definition', of: 'user', name: 'plan', type: 'string' },
    { kind: 'attribute', of: 'user', name: 'plan', before: null, after: 'free' },
  ])
  await account.send({ type: 'identify', traits: { plan: 'pro' } })
  assert.deepEqual((await account.lastMessage()).changes, [
    { kind: 'user', custom_id: 'ann', created: false },
    { kind: 'attribute', of: 'user', name: 'plan', before: 'free', after: 'pro' },
  ])
})
