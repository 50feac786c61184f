import assert from 'node:assert/strict'
import { test } from 'node:test'

// Node makes a global of its own when its fetch is first used.
new Request('http://localhost/')
const before = new Set(Reflect.ownKeys(globalThis))
const { audienceTraits, toProfile, userEngage } = await import('../lib/index.ts')
const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key))

const right = { apiKey: 'k', endpoint: 'https://ue.example/' }

test('importing the module in Node adds no global', () => assert.deepEqual(added, []))

test('wrong settings are a TypeError in Node too, which names setting, given and expected', () => {
  const wrong = { ...right, endpoint: 'ue.example' }
  assert.throws(() => userEngage(wrong), {
    name: 'TypeError',
    message: /endpoint must be an absolute http\(s\) URL.*got "ue\.example"/,
  })
})

test('with enabled: false the plugin does nothing, and asks for no other setting', async () => {
  const plugin = userEngage({ enabled: false })
  await plugin.load({}, {})
  assert.equal(await plugin.flush(), true)
  await plugin.clear()
  assert.equal(plugin.stats().queued, 0)
})

test('in Node the factory yields a plugin that does nothing', async () => {
  const plugin = userEngage(right)
  assert.deepEqual(
    [plugin.name, plugin.type, plugin.alternativeNames],
    ['UserEngage', 'destination', ['User.com', '“User.com”']],
  )
  await plugin.load({}, {})
  await plugin.ready()
  const context = { event: { type: 'track', event: 'A' } }
  for (const method of ['identify', 'page', 'track', 'group', 'alias', 'screen'] as const) {
    assert.equal(plugin[method](context), context)
  }
  assert.equal(await plugin.flush(), true)
  await plugin.clear()
  assert.deepEqual(plugin.stats(), { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
  assert.equal(userEngage.pluginName, 'UserEngage')
  assert.equal(typeof audienceTraits, 'function')
  assert.equal(typeof toProfile, 'function')
})
