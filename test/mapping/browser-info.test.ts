import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withAgent } from '../../lib/mapping/browser-info.ts'
import { omitEmpty } from '../../protocol/json-object.ts'
import type { Message } from '../../protocol/message.ts'

test('the agent completes a message, and leaves whole what the site has set', () => {
  const context = { os: { name: 'ShopOS' }, userAgentData: { mobile: false } }
  const message = {
    type: 'track',
    event: 'A',
    messageId: 'm',
    timestamp: 't',
    properties: {},
    context,
  } as Message
  const agent = {
    os: { name: 'Linux', version: '6' },
    browser: { name: 'Chrome' },
    userAgentData: { model: '' },
  }
  assert.deepEqual(withAgent(message, agent).context, {
    ...{ os: { name: 'ShopOS' }, browser: { name: 'Chrome' }, userAgentData: { mobile: false, model: '' } },
  })
  assert.deepEqual(message.context, context)
  assert.equal('userAgentData' in withAgent({ ...message, context: {} }, {}).context, false)
})

test('fields that hold nothing are left out; zero and false hold something', () => {
  assert.deepEqual(omitEmpty({ a: '', b: null, c: undefined, d: 0, e: false, f: 'x' }), {
    d: 0,
    e: false,
    f: 'x',
  })
})
