import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { output, run } from './support/command.ts'
import { eventually } from './support/eventually.ts'
import { startRedis, withRedis } from './support/redis.ts'
import { origin, token } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const right = ['--app', 'acme', '--origin', 'https://shop.example']

for (const [what, args, env, words] of [
  ['no token', right, {}, /Set the environment variable USERCOM_TOKEN/],
  ['no account', ['--origin', 'https://shop.example'], undefined, /Set either --app or --url/],
  ['two accounts', [...right, '--url', 'https://x.example/'], undefined, /Set either --app or --url/],
  ['no origin', ['--app', 'acme'], undefined, /Set --origin to the site/],
  [
    'an origin with a path',
    ['--app', 'acme', '--origin', 'https://shop.example/x'],
    undefined,
    /origins must be a list/,
  ],
  ['a port that is none', [...right, '--port', 'x'], undefined, /port must be a number from 0 to 65535/],
  ['an unknown option', [...right, '--orgin', 'x'], undefined, /Unknown option '--orgin'/],
  ['an unknown command', ['chek', ...right], undefined, /There is no command "chek"/],
  ['a token on the command line', [...right, '--token', 'x'], undefined, /Unknown option '--token'/],
] as const) {
  test(`${what}: exit code 1 and one readable sentence`, async () => {
    const { code, printed } = await output([...args], env)
    assert.equal(code, 1)
    assert.match(printed, words)
    assert.doesNotMatch(printed, /at .*\.ts:\d+/, 'no stack')
  })
}

test('--help says what the options are', async () => {
  const { code, printed } = await output(['--help'], {})
  assert.equal(code, 0)
  for (const option of ['--app', '--origin', '--redis', '--proxies', 'check'])
    assert.ok(printed.includes(option))
})

test('it takes messages, tells its health, and logs what is not delivered without values and without the token', async () => {
  const vendor = await startVendor(({ body }) =>
    body.name === 'bad' ? [400, { detail: `No: ${token}` }] : undefined,
  )
  const relay = await run(vendor.url)
  assert.equal((await relay.send({ userId: 'secret-user' })).status, 200)
  assert.equal((await fetch(relay.endpoint)).status, 200)
  assert.equal((await relay.send({ event: 'bad', userId: 'secret-user' })).status, 400)
  assert.equal(await relay.end('SIGTERM'), 0)
  const lines = relay
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).outcome),
    ['refused'],
  )
  assert.doesNotMatch(relay.printed(), /secret-user/)
  assert.doesNotMatch(relay.printed(), new RegExp(token))
})

test('SIGTERM: what came is settled and answered, what comes is told to come again, and then the process ends', async () => {
  let answer = () => {}
  const held = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined)
  })
  const vendor = await startVendor(() => held)
  const relay = await run(vendor.url)
  const sent = relay.send()
  await eventually('the vendor is asked', () => vendor.got.length === 1)
  const ended = relay.end('SIGTERM')
  await eventually('health says so', async () => (await fetch(relay.endpoint)).status === 503)
  const late = await relay.send()
  assert.equal(late.status, 503)
  assert.ok(Number(late.headers.get('retry-after')) >= 1)
  assert.equal(late.headers.get('access-control-allow-origin'), origin)
  assert.equal(vendor.got.length, 1)
  answer()
  const response = await sent
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { success: true })
  assert.equal(await ended, 0)
})

test('SIGTERM: a User.com that hangs, and a client that does not end its message, do not hold the process', async () => {
  const vendor = await startVendor(() => 'hang')
  const relay = await run(vendor.url)
  const { port } = new URL(relay.endpoint)
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Length: 100\r\n\r\n{`)
  const sent = relay.send()
  await eventually('the vendor is asked', () => vendor.got.length === 1)
  const began = Date.now()
  assert.equal(await relay.end('SIGTERM'), 0)
  assert.equal((await sent).status, 503)
  // The time of one message is eight seconds; after ten, orchestrators kill.
  assert.ok(Date.now() - began < 20_000)
  socket.destroy()
})

test(
  'what was answered 202 survives SIGKILL, and is delivered once by the next process',
  withRedis,
  async () => {
    const redis = await startRedis()
    let isDown = true
    const vendor = await startVendor(() => (isDown ? [503] : undefined))
    const first = await run(vendor.url, '--redis', redis.url)
    const events = ['e1', 'e2', 'e3']
    for (const event of events) assert.equal((await first.send({ event })).status, 202)
    await first.end('SIGKILL')
    isDown = false
    vendor.clear()
    await run(vendor.url, '--redis', redis.url)
    await eventually('all are delivered', () => vendor.got.length >= 3)
    assert.deepEqual(
      vendor.got.map(({ body }) => body.name),
      events,
    )
  },
)

test(
  'killed between two calls of one message: the next process goes on where it stopped',
  withRedis,
  async () => {
    const redis = await startRedis()
    const products = [{ product_id: 'a' }, { product_id: 'b' }]
    const order = { event: 'Order Completed', messageId: 'm1', properties: { products } }
    let isStuck = true
    const vendor = await startVendor(({ path }) => (isStuck && path.includes('/b/') ? 'hang' : undefined))
    const args = ['--redis', redis.url, '--products']
    const first = await run(vendor.url, ...args)
    const lost = first.send(order).catch(() => undefined)
    await eventually('the second product is under way', () => vendor.calls().length === 3)
    await first.end('SIGKILL')
    assert.equal(await lost, undefined)
    isStuck = false
    const second = await run(vendor.url, ...args)
    // The claim of the first process ends after 18 seconds, and the spool comes back with pauses that double.
    const patienceMs = 180_000
    await eventually('it is taken', async () => (await second.send(order)).status === 200, patienceMs)
    assert.deepEqual(vendor.calls(), [
      'POST users-by-id/ann/events/',
      'POST products-by-id/a/product_event/',
      'POST products-by-id/b/product_event/',
      'POST products-by-id/b/product_event/',
    ])
  },
)
