import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

test('a user who is not there is created, and found by either id, by email and by key', async () => {
  const { rest } = await openAccount()
  const first = await rest('POST', 'users/update_or_create/', { custom_id: 'ada', email: 'ada@example.com' })
  assert.equal(first.status, 201)
  const { id } = first.body
  assert.deepEqual(first.body, { created: true, id })
  const again = await rest('POST', 'users/update_or_create/', { custom_id: 'ada', first_name: 'Ada' })
  assert.deepEqual([again.status, again.body], [200, { created: false, id }])

  const user = (await rest('GET', 'users-by-id/ada/')).body
  assert.equal(user.first_name, 'Ada')
  assert.match(user.user_key, /^[0-9a-z]{12}$/)
  for (const path of [
    `users/${id}/`,
    'users/search/?email=ada@example.com',
    `users/search/?key=${user.user_key}`,
  ]) {
    assert.deepEqual((await rest('GET', path)).body, user, path)
  }
  assert.deepEqual((await rest('GET', 'users/search/?email=ada@example.com&many=true')).body, [user])
})

test('a profile is the same, whichever way it was written', async () => {
  const account = await openAccount()
  await account.rest('POST', 'users/update_or_create/', { custom_id: 'ann', city: 'Oslo', plan: 'pro' })
  await account.send({ type: 'identify', traits: { first_name: 'Ann', phone: '+48123456789' } })
  const profile = await account.profile()
  assert.deepEqual([profile.city, profile.plan, profile.first_name], ['Oslo', 'pro', 'Ann'])
  const { body } = await account.rest('GET', 'users-by-id/ann/')
  assert.deepEqual([body.city, body.plan, body.phone_number], ['Oslo', 'pro', '+48123456789'])
})

test('a user whom REST made is a visitor who was never seen', async () => {
  const { rest } = await openAccount()
  const { status, body } = await rest('POST', 'users/', { custom_id: 'ada' })
  assert.equal(status, 201)
  assert.deepEqual(
    [body.status, body.page_views, body.last_seen, body.gender],
    ['visitor', 0, null, 'unknown'],
  )
  assert.ok(body.first_seen <= body.created_at)
  const user = (await rest('PUT', 'users-by-id/ada/', { status: 2, gender: 3 })).body
  assert.deepEqual([user.status, user.gender], ['user', 'female'])
})

test('a custom_id can be given later, and not be taken from another', async () => {
  const account = await openAccount()
  const { id } = (await account.rest('POST', 'users/', { email: 'ada@example.com' })).body
  await account.rest('POST', 'users/', { custom_id: 'bob' })
  for (const [method, path] of [
    ['POST', 'users/'],
    ['PUT', `users/${id}/`],
  ] as const) {
    const { status, body } = await account.rest(method, path, { custom_id: 'bob' })
    assert.equal(status, 400)
    assert.match(body.custom_id[0], /already exists/)
  }
  assert.equal((await account.rest('PUT', `users/${id}/`, { custom_id: 'ada' })).body.custom_id, 'ada')
  assert.equal((await account.rest('GET', 'users-by-id/ada/')).body.email, 'ada@example.com')
  await account.put('/rest', { customIdTaken: 409 })
  assert.equal((await account.rest('POST', 'users/', { custom_id: 'bob' })).status, 409)
})

test('a user is deleted with all that was recorded, and the id is free again', async () => {
  const account = await openAccount()
  await account.send({ type: 'track', event: 'Seen' })
  await account.send({ type: 'page' })
  assert.equal((await account.rest('DELETE', 'users-by-id/ann/')).status, 204)
  assert.equal((await account.rest('GET', 'users-by-id/ann/')).status, 404)
  await account.send({ type: 'identify' })
  assert.deepEqual(await account.events(), [])
  assert.equal((await account.profile()).page_views, 0)
})

test('one odd value is refused by its name, and nothing of the request is kept', async () => {
  const account = await openAccount()
  const long = '👩'.repeat(41)
  const wrong = {
    first_name: long,
    last_name: long,
    city: 'x'.repeat(65),
    phone_number: '1'.repeat(65),
    gender: 'female',
    status: 3,
    score: 'many',
    unsubscribed: 'yes',
    email: ['a@b.example'],
    tags: 'vip',
    plan: 'x'.repeat(256),
    ['n'.repeat(33)]: 'a name that is too long',
    'null\0byte': 'x',
    half: '\ud800',
  }
  const { status, body } = await account.rest('POST', 'users/update_or_create/', {
    custom_id: 'ada',
    ...wrong,
  })
  assert.equal(status, 400)
  assert.deepEqual(Object.keys(body).sort(), Object.keys(wrong).sort())
  for (const [said, ...more] of Object.values(body) as string[][]) {
    assert.equal(typeof said, 'string')
    assert.equal(more.length, 0)
  }
  assert.equal((await account.rest('GET', 'users-by-id/ada/')).status, 404)
  assert.deepEqual(await account.definitions(), [])
})

test('lengths count characters, not halves of them', async () => {
  const { rest } = await openAccount()
  const fits = { first_name: '👩'.repeat(40), city: 'ż'.repeat(64), plan: '👩'.repeat(255) }
  const { status, body } = await rest('POST', 'users/', fits)
  assert.equal(status, 201)
  assert.equal(body.first_name, fits.first_name)
})

test('a list comes in pages of a hundred, each with the addresses of those beside it', async () => {
  const account = await openAccount()
  for (let index = 0; index < 201; index++) {
    await account.rest('POST', 'users/', { custom_id: `user-${index}` })
  }
  const pages: string[][] = []
  let next: string | null = 'users/'
  let previous: string | null = null
  while (next) {
    const { body } = await account.rest('GET', next)
    assert.equal(body.count, 201)
    assert.equal(body.previous !== null, pages.length > 0)
    pages.push(body.results.map(({ custom_id }: { custom_id: string }) => custom_id))
    previous = body.previous
    next = body.next?.replace(/^.*\/api\/public\//, '') ?? null
  }
  assert.deepEqual(
    pages.map(({ length }) => length),
    [100, 100, 1],
  )
  assert.equal(new Set(pages.flat()).size, 201)
  const back = await account.rest('GET', String(previous).replace(/^.*\/api\/public\//, ''))
  assert.equal(back.body.results[0].custom_id, 'user-100')
  assert.equal((await account.rest('GET', 'users/?cursor=nonsense')).status, 404)
})
