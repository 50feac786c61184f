import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

test('names of JavaScript properties are ordinary names', async () => {
  const account = await openAccount()
  const traits = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}'
  await account.post(`{"type":"identify","messageId":"m1","userId":"ann","traits":${traits}}`)
  await account.post(
    `{"type":"track","messageId":"m2","userId":"ann","event":"__proto__","properties":${traits}}`,
  )
  await account.post(
    `{"type":"group","messageId":"m3","userId":"ann","groupId":"__proto__","traits":${traits}}`,
  )

  const profile = await (await account.control('/users/ann')).text()
  for (const pair of traits.slice(1, -1).split(',')) assert.ok(profile.includes(pair), pair)
  const [{ name, data }] = await account.events()
  assert.equal(name, '__proto__')
  assert.deepEqual(data, JSON.parse(traits))
  assert.equal((await account.company('__proto__')).constructor, 'b')
  assert.equal(({} as Record<string, unknown>).a, undefined)
})

for (const [what, text] of [
  ['a null byte', 'a\0b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['emoji', '👩‍💻'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['markup', '<script>alert(1)</script>'],
  ['a slash and a space', 'a/b c'],
] as const) {
  test(`${what} in ids, names and values comes back unchanged`, async () => {
    const account = await openAccount()
    const whole = { userId: `u${text}`, messageId: `m${text}` }
    await account.send({ ...whole, type: 'identify', traits: { [`t${text}`]: text } })
    await account.send({ ...whole, messageId: undefined, type: 'alias' })
    await account.send({ userId: `u${text}`, type: 'track', event: `e${text}`, properties: { p: text } })
    await account.send({ userId: `u${text}`, type: 'group', groupId: `g${text}` })

    const [profile] = await account.users()
    assert.equal(profile.custom_id, `u${text}`)
    assert.equal(profile[`t${text}`], text)
    assert.equal(profile.companies[0].custom_id, `g${text}`)
    const events = (await (await account.control('/events')).json()) as { name: string }[]
    assert.deepEqual(
      events.map(({ name }) => name),
      [`e${text}`],
    )
  })
}
