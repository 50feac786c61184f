import assert from 'node:assert/strict'
import { test } from 'node:test'
import { omitFields } from '../../lib/mapping/omit.ts'
import type { Message, PageMessage } from '../../protocol/message.ts'
import { profileFields, toProfile } from '../../protocol/profile.ts'

const site = 'https://shop.example'
const elsewhere = 'https://search.example/?q=shop'

const full = (): PageMessage => ({
  type: 'page',
  messageId: 'm1',
  timestamp: '2026-01-01T00:00:00.000Z',
  properties: { url: 'https://shop.example/?q=1', path: '/', search: '?q=1', title: 'Shop', sku: 'A1' },
  context: {
    userAgent: 'Mozilla/5.0',
    userAgentData: {
      brands: [],
      fullVersionList: [],
      mobile: true,
      model: 'Pixel 8',
      platform: 'Android',
      platformVersion: '14.0.0',
      formFactors: ['Mobile'],
    },
    os: { name: 'Android', version: '14' },
    browser: { name: 'Chrome', version: '150' },
    device: { type: 'mobile', manufacturer: 'Google', model: 'Pixel 8', name: 'Google Pixel 8' },
    screen: { width: 412, height: 915, density: 2 },
    locale: 'en-US',
    timezone: 'Europe/Warsaw',
    ip: '203.0.113.7',
    page: { url: 'https://shop.example/?q=1', path: '/', search: '?q=1', title: 'Shop', referrer: elsewhere },
    library: { name: 'analytics.js' },
  },
})
const hints = ['platform', 'platformVersion', 'brands', 'fullVersionList', 'mobile', 'formFactors', 'model']

test('every field of the profile can be omitted, and then the profile has all but that one', () => {
  const all = toProfile(full())
  assert.deepEqual(Object.keys(all).sort(), [...profileFields].sort())
  for (const field of profileFields) {
    const { [field]: _, ...others } = all
    assert.deepEqual(toProfile(omitFields(full(), [field], site)), others, field)
  }
})

for (const [field, gone] of [
  ['user_agent', hints],
  ['os', ['platform', 'platformVersion']],
  ['device_name', ['model']],
  ['device_type', ['mobile', 'formFactors']],
  ['browser_family', ['brands', 'fullVersionList']],
  ['browser_version', ['brands', 'fullVersionList']],
  ['language', []],
] as const) {
  test(`omitting ${field} also removes these client hints: ${gone.join(', ') || 'none'}`, () => {
    const { userAgentData = {} } = omitFields(full(), [field], site).context
    assert.deepEqual(hints.filter((hint) => !(hint in userAgentData)).sort(), [...gone].sort())
  })
}

test('omitting current_url removes the URL from context and properties of a page call, and nothing else', () => {
  const { context, properties } = omitFields(full(), ['current_url'], site) as PageMessage
  assert.deepEqual(properties, { title: 'Shop', sku: 'A1' })
  assert.deepEqual(context.page, { title: 'Shop', referrer: elsewhere })
})

test('the properties of other calls are the site’s own', () => {
  const track: Message = { ...full(), type: 'track', event: 'Seen' }
  assert.deepEqual(omitFields(track, ['current_url'], site), {
    ...track,
    context: { ...track.context, page: { title: 'Shop', referrer: elsewhere } },
  })
})

test('the message that is given is not changed', () => {
  const message = full()
  omitFields(message, profileFields, site)
  assert.deepEqual(message, full())
})

test('fields of the context that are no objects are left as they are', () => {
  const odd = { ...full(), context: { device: 'phone', page: null } } as unknown as Message
  assert.deepEqual(
    omitFields(odd, ['device_name', 'current_url', 'os', 'timezone'], site).context,
    odd.context,
  )
})

for (const [referrer, isGone] of [
  ['https://shop.example/?q=shoes', true],
  ['https://shop.example', true],
  ['HTTPS://SHOP.EXAMPLE:443/list', true],
  ['/list', true],
  ['https://shop.example.evil.example/', false],
  ['http://shop.example/', false],
  ['android-app://com.search', false],
  ['', false],
] as const) {
  test(`omitting current_url ${isGone ? 'removes' : 'keeps'} the referrer "${referrer}", in context and properties`, () => {
    const { context, properties } = full()
    const message = {
      ...full(),
      properties: { ...properties, referrer },
      context: { ...context, page: { ...context.page, referrer } },
    }
    const omitted = omitFields(message, ['current_url'], site) as PageMessage
    const expected = isGone ? undefined : referrer
    assert.deepEqual([omitted.context.page?.referrer, omitted.properties.referrer], [expected, expected])
  })
}
