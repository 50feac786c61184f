import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

const context = {
  userAgent: 'Mozilla/5.0',
  os: { name: 'Windows', version: '11' },
  device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
  locale: 'en-US',
  screen: { width: 1920, height: 1080 },
  ip: '203.0.113.7',
  browser: { name: 'Chrome', version: '156.0' },
  timezone: 'Europe/Warsaw',
  page: { url: 'https://shop.example/bags', referrer: 'https://search.example/', title: 'Bags' },
}
const contextFields = {
  user_agent: 'Mozilla/5.0',
  os: 'Windows',
  device_name: 'Apple iPhone',
  device_type: 'mobile',
  language: 'en-US',
  resolution: '1920x1080',
  ip_address: '203.0.113.7',
  browser_family: 'Chrome',
  browser_version: '156.0',
  timezone: 'Europe/Warsaw',
  current_url: 'https://shop.example/bags',
}
for (const [type, applied] of [
  ['identify', true],
  ['page', true],
  ['track', false],
  ['group', false],
] as const) {
  test(`the context of ${type} ${applied ? 'fills' : 'does not change'} the profile`, async () => {
    const account = await openAccount()
    await account.send({ type, context, event: 'Seen', groupId: 'acme' })
    const profile = await account.profile()
    for (const [field, value] of Object.entries(contextFields)) {
      assert.equal(profile[field], applied ? value : null, field)
    }
  })
}

test('the sandbox accepts a context of the wrong shape', async () => {
  const account = await openAccount()
  const nonsense = { os: 'Windows', device: null, screen: [], page: 5, ip: 7, locale: {}, browser: null }
  assert.equal((await account.send({ type: 'page', context: nonsense })).status, 200)
  assert.equal((await account.profile()).os, null)
})
