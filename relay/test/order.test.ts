import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from '../delivery/turns.ts'
import { relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

/** Messages that take turns; they start as the names in `started`. */
function line(abreast = 4) {
  const takeTurn = createTurns(abreast, 500)
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const take = (name: string, ids: string[], isAlone = false): void => {
    void takeTurn(ids, isAlone, 60_000).then((end) => {
      started.push(name)
      ends.set(name, end as () => void)
    })
  }
  const end = async (...names: string[]): Promise<void> => {
    for (const name of names) ends.get(name)?.()
    await new Promise(setImmediate)
  }
  return { started, take, end }
}

test('tracks of one user go four abreast; an identify waits for them, and they for it', async () => {
  const { take, end, started } = line()
  for (const name of ['t1', 't2', 't3', 't4', 't5']) take(name, ['ann'])
  take('identify', ['ann'], true)
  take('t6', ['ann'])
  take('t7', ['ann'])
  await end()
  assert.deepEqual(started, ['t1', 't2', 't3', 't4'])
  await end('t1')
  assert.deepEqual(started.slice(4), ['t5'])
  await end('t2', 't3', 't4')
  assert.equal(started.length, 5)
  await end('t5')
  assert.deepEqual(started.slice(5), ['identify'])
  await end('identify')
  assert.deepEqual(started.slice(6), ['t6', 't7'])
  await end('t6', 't7')
})

test('other users do not wait', async () => {
  const { take, end, started } = line()
  take('ann', ['ann'], true)
  take('bob', ['bob'], true)
  await end()
  assert.deepEqual(started, ['ann', 'bob'])
  await end('ann', 'bob')
})

test('a visitor who signs up keeps the order: messages that share either id wait for each other', async () => {
  const { take, end, started } = line()
  take('anonymous track', ['anon'])
  take('identify', ['anon', 'ann'], true)
  take('server', ['ann'])
  take('track', ['anon', 'ann'])
  await end()
  assert.deepEqual(started, ['anonymous track'])
  await end('anonymous track')
  assert.deepEqual(started.slice(1), ['identify'])
  await end('identify')
  assert.deepEqual(started.slice(2), ['server', 'track'])
  await end('server', 'track')
})

test('whose turn does not come in time leaves the line to the others', async () => {
  const takeTurn = createTurns(4, 500)
  const end = await takeTurn(['ann'], true, 1000)
  assert.equal(await takeTurn(['ann'], true, 10), undefined)
  const next = takeTurn(['ann'], false, 60_000)
  end?.()
  ;(await next)?.()
})

test('one instance has never more than `concurrency` calls under way', async () => {
  let now = 0
  let most = 0
  const vendor = await startVendor(async () => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setTimeout(resolve, 5))
    now--
    return undefined
  })
  const { send } = relayTo(vendor.url, { concurrency: 3 })
  const answers = await Promise.all(Array.from({ length: 60 }, (_, user) => send({ userId: `u${user}` })))
  assert.ok(answers.every(({ status }) => status === 200))
  assert.equal(most, 3)
})

test('a user whose calls hang does not hold up another, even with few calls at once', async () => {
  let letGo = () => {}
  const held = new Promise<undefined>((resolve) => {
    letGo = () => resolve(undefined)
  })
  const vendor = await startVendor(({ path }) => (path.includes('ann') ? held : undefined))
  const { send } = relayTo(vendor.url, { concurrency: 2, timeoutMs: 60_000 })
  const stuck = Promise.all(Array.from({ length: 10 }, () => send({ userId: 'ann' })))
  const others = await Promise.all(Array.from({ length: 10 }, (_, user) => send({ userId: `u${user}` })))
  assert.ok(others.every(({ status }) => status === 200))
  letGo()
  assert.ok((await stuck).every(({ status }) => status === 200))
})

test('messages of one user reach User.com in their order', async () => {
  const vendor = await startVendor(async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
    return undefined
  })
  const { send } = relayTo(vendor.url)
  const names = Array.from({ length: 12 }, (_, n) => `g${n}`)
  await Promise.all(names.map((groupId) => send({ type: 'group', groupId, traits: { name: groupId } })))
  const puts = vendor.got.filter(({ method }) => method === 'PUT').map(({ body }) => body.name)
  assert.deepEqual(puts, names)
})
