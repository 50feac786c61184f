import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, errorMessage, messageOf, openAccount } from './support/sandbox.ts'

for (const body of [
  '[]',
  '[{"type":"identify"}]',
  'null',
  '5',
  'true',
  '"text"',
  '',
  ' ',
  '{',
  '{"a":1}x',
  'a=b',
]) {
  test(`a body of ${JSON.stringify(body)} is answered 400 with the reason, which the log keeps`, async () => {
    const account = await openAccount()
    const response = await account.post(body)
    assert.equal(response.status, 400)
    const message = await errorMessage(response)
    assert.match(message, /JSON/)
    assert.equal((await account.lastMessage()).answer, message)
  })
}

test('both endpoints answer 413 to 10 MB, and the log keeps only the beginning', async () => {
  const account = await openAccount()
  const text = 'x'.repeat(10 * 1024 * 1024)
  const response = await account.send({ type: 'identify', traits: { text } })
  assert.equal(response.status, 413)
  assert.match(await errorMessage(response), /larger than 1048576 bytes: it has 104859\d\d\./)
  assert.ok(JSON.stringify(await account.lastMessage()).length < 5000)

  const definition = await account.define({ name: text, value_type: 'string' })
  assert.equal(definition.status, 413)
  assert.deepEqual(await account.definitions(), [])
})

/** JSON of 200 levels: objects in objects, and lists in lists. */
const deep = {
  objects: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  lists: `${'['.repeat(200)}1${']'.repeat(200)}`,
}
for (const [kind, nested] of Object.entries(deep)) {
  test(`the sandbox accepts 200 levels of ${kind} in traits, properties, context and address`, async () => {
    const account = await openAccount()
    const rest = '"userId":"ann","context":{"page":{"url":DEEP},"personas":DEEP,"os":DEEP}'
    for (const [type, own] of [
      ['identify', '"traits":{"deep":DEEP,"email":DEEP,"address":{"city":DEEP}}'],
      ['page', '"properties":{"url":DEEP}'],
      ['track', '"event":"Seen","properties":{"deep":DEEP}'],
      ['group', '"groupId":"acme","traits":{"deep":DEEP,"name":DEEP,"address":DEEP}'],
    ]) {
      const body = `{"type":"${type}","messageId":"${type}",${rest},${own}}`.replaceAll('DEEP', nested)
      assert.equal((await account.post(body)).status, 200, type)
    }
    const [profile, company] = [await account.profile(), await account.company('acme')]
    assert.deepEqual([profile.deep, profile.email, profile.city], [nested, null, null])
    assert.deepEqual([JSON.stringify(company.address), company.deep], [nested, nested])
    assert.equal((await account.events())[0].data.deep, nested)
    assert.equal((await account.messages()).length, 4)
  })
}

test('lists and pages show a value of 1,900 levels, which SQLite cannot read as JSON', async () => {
  const account = await openAccount()
  const nested = `${'['.repeat(1900)}1${']'.repeat(1900)}`
  const body = '{"type":"group","messageId":"g","userId":"ann","groupId":"acme","traits":{"employees":DEEP}}'
  assert.equal((await account.post(body.replace('DEEP', nested))).status, 200)
  const listed = await (await account.control('/inspector/companies')).json()
  assert.equal(listed.items[0].employees, nested)
  assert.equal((await account.control('/users')).status, 200)
})

test('a name with a null byte comes back unchanged, also in the list of users', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { 'a\0b': 'c\0d' } })
  assert.equal((await account.profile())['a\0b'], 'c\0d')
  assert.equal((await account.users())[0]['a\0b'], 'c\0d')
})

const evil = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '__defineGetter__',
]
for (const name of evil) {
  test(`an attribute named ${name} can be defined, set, converted, ignored and cleared`, async () => {
    const account = await openAccount()
    for (const content_type of ['clientuser', 'company', 'event']) {
      const definition = await account.define({ content_type, name, value_type: 'integer' })
      assert.equal(definition.status, 201)
    }
    const held = async () => Object.entries(await account.profile()).find(([key]) => key === name)?.[1]
    const identify = (value: unknown) =>
      account.post(
        JSON.stringify(messageOf({ type: 'identify' })).replace(/}$/, `,"traits":{"${name}":${value}}}`),
      )
    await identify('"12"')
    assert.equal(await held(), 12)
    await identify('"many"')
    assert.equal(await held(), 12)
    assert.equal((await account.lastMessage()).changes.at(-1)?.kind, 'ignored')
    await identify('null')
    assert.equal(await held(), undefined)

    await account.send({ type: 'track', event: name, properties: JSON.parse(`{"${name}":"5"}`) })
    const [event] = await account.events()
    assert.deepEqual([event.name, JSON.stringify(event.data)], [name, `{"${name}":5}`])
    assert.deepEqual(Object.keys(Object.prototype), [])
  })
}

test('the sandbox accepts a message of the year 9999, and last_seen does not move back', async () => {
  const account = await openAccount()
  const last = '9999-12-31T23:59:59.999Z'
  await account.define({ name: 'until', value_type: 'date' })
  await account.send({ type: 'page', timestamp: last })
  await account.send({ type: 'track', event: 'Ended', timestamp: last })
  await account.send({ type: 'identify', traits: { until: '9999-12-31' } })
  await account.send({ type: 'page' })
  const { last_seen, until, page_views } = await account.profile()
  assert.deepEqual([last_seen, until, page_views], [last, '9999-12-31', 2])
  assert.equal((await account.events())[0].timestamp, 253_402_300_799)
  assert.equal((await account.users('?event=Ended&days=1')).length, 1)
})

test('a number too large for JavaScript is ignored, and the log says so', async () => {
  const account = await openAccount()
  await account.define({ name: 'any', value_type: 'json' })
  await account.post(
    '{"type":"identify","messageId":"m","userId":"ann","traits":{"any":1e999,"text":1e999,"email":-1e999}}',
  )
  const { changes } = await account.lastMessage()
  const ignored = changes.flatMap((change) => (change.kind === 'ignored' ? [change.name] : []))
  assert.deepEqual(ignored.sort(), ['any', 'email', 'text'])
  assert.equal((await account.post('{"type":"page","messageId":"n","userId":1e999}')).status, 400)
})

for (const body of [
  '{',
  '[]',
  '"x"',
  'null',
  '{"name":" ","content_type":"clientuser","value_type":"string"}',
]) {
  test(`a definition of ${body} is answered 400`, async () => {
    const account = await openAccount()
    const response = await ask(`/api/sandbox/apps/${account.id}/attributes`, { method: 'POST', body })
    assert.equal(response.status, 400)
    assert.ok(await errorMessage(response))
  })
}

test('choices must be texts, and a repeated choice counts once', async () => {
  const account = await openAccount()
  const plan = { name: 'plan', value_type: 'fixed' }
  assert.equal((await account.define({ ...plan, choices: [{}] })).status, 400)
  assert.equal((await account.define({ ...plan, choices: ['free', 2, 'free'] })).status, 201)
  assert.deepEqual((await account.definitions())[0].choices, ['free', '2'])
})
