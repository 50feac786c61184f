import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withBrowserInfo } from '../../lib/mapping/browser-info.ts'
import { message } from '../support/message.ts'

const info = {
  os: { name: 'Linux', version: '6' },
  browser: { name: 'Chrome' },
  userAgentData: { model: '' },
}

test('browser info completes a message, and a field that the site has set stays whole', () => {
  const context = { os: { name: 'ShopOS' }, userAgentData: { mobile: false } }
  const given = message('m', 'track', context)
  assert.deepEqual(withBrowserInfo(given, info).context, {
    os: { name: 'ShopOS' },
    browser: { name: 'Chrome' },
    userAgentData: { mobile: false, model: '' },
  })
  assert.deepEqual(given.context, { os: { name: 'ShopOS' }, userAgentData: { mobile: false } })
})

test('without hints the message gets no userAgentData', () => {
  assert.equal('userAgentData' in withBrowserInfo(message('m'), {}).context, false)
})
