import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Account, openAccount } from './support/sandbox.ts'

/** The warnings of the last message. */
const warnings = async (account: Account): Promise<[name: string, reason: string][]> =>
  (await account.lastMessage()).changes.flatMap((change) =>
    change.kind === 'warning' ? [[change.name, change.reason] as [string, string]] : [],
  )

/** Genders as sent and as kept, and whether the message gets a warning. */
const genders: [given: unknown, held: string | null, doubted: boolean][] = [
  ['male', 'male', false],
  ['FEMALE', 'female', false],
  [' Male ', 'male', false],
  ['unknown', 'unknown', false],
  [1, 'unknown', false],
  [2, 'male', false],
  ['3', 'female', false],
  [4, 'unknown', true],
  ['M', 'unknown', true],
  ['non-binary', 'unknown', true],
  ['constructor', 'unknown', true],
  ['', 'unknown', true],
  [true, 'unknown', true],
  [null, null, false],
  [['male'], null, false],
]
for (const [given, held, doubted] of genders) {
  test(`the gender ${JSON.stringify(given)} is ${held}${doubted ? ', with a warning' : ''}`, async () => {
    const account = await openAccount()
    await account.send({ type: 'identify', traits: { gender: given } })
    assert.equal((await account.profile()).gender, held)
    assert.equal((await warnings(account)).length, doubted ? 1 : 0)
  })
}

/** Phone numbers as sent and as kept, and whether the message gets a warning. */
const phones: [given: unknown, held: string, doubted: boolean][] = [
  ['+48123456789', '+48123456789', false],
  ['+48 123 456 789', '+48 123 456 789', true],
  ['123456789', '123456789', true],
  [48123456789, '48123456789', true],
  ['+0123456', '+0123456', true],
  ['+1234567890123456', '+1234567890123456', true],
  ['call me', 'call me', true],
]
for (const [phone, held, doubted] of phones) {
  test(`the phone ${JSON.stringify(phone)} is kept ${doubted ? 'with' : 'without'} a warning`, async () => {
    const account = await openAccount()
    await account.send({ type: 'identify', traits: { phone } })
    assert.equal((await account.profile()).phone_number, held)
    const [[name, reason] = []] = await warnings(account)
    if (!doubted) return assert.equal(name, undefined)
    assert.equal(name, 'phone_number')
    assert.match(reason ?? '', /E\.164.*\+48123456789/)
  })
}

test('first and last names of more than 40 characters get a warning; an emoji counts as one', async () => {
  const account = await openAccount()
  const [enough, tooLong] = ['👩'.repeat(40), 'x'.repeat(41)]
  await account.send({ type: 'identify', traits: { first_name: enough, last_name: tooLong } })
  assert.equal((await account.profile()).last_name, tooLong)
  assert.deepEqual(await warnings(account), [['last_name', 'UserEngage takes at most 40 characters here']])
})

test('an attribute name of more than 32 characters gets one warning, at its definition', async () => {
  const account = await openAccount()
  const name = 'a'.repeat(33)
  const traits = { ['a'.repeat(32)]: 1, [name]: 1 }
  await account.send({ type: 'identify', traits })
  assert.equal((await account.profile())[name], '1')
  assert.deepEqual(
    (await warnings(account)).map(([of]) => of),
    [name],
  )
  await account.send({ type: 'identify', traits })
  assert.deepEqual(await warnings(account), [])
})
