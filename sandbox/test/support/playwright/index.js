// As much of Playwright as the example in docs/sandbox.md uses, without a browser: its page sends what a site with the
// plugin sends when somebody buys.
import assert from 'node:assert/strict'
import { test as nodeTest } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

export const defineConfig = (config) => config

export const expect = (value) => ({ toEqual: (expected) => assert.deepEqual(value, expected) })
expect.poll = (read) => ({
  async toEqual(expected) {
    for (let left = 50; left > 0; left--) {
      const value = await read()
      if (left === 1 || JSON.stringify(value) === JSON.stringify(expected))
        return assert.deepEqual(value, expected)
      await sleep(100)
    }
  },
})

export const test = (name, run) => nodeTest(name, () => run({ page: createPage() }))

function createPage() {
  globalThis.window = {}
  return {
    addInitScript: async (script, argument) => script(argument),
    goto: async () => {},
    getByRole: () => ({ click: async () => void buy(globalThis.window.userEngageSettings) }),
  }
}

/** Sends one message until it is taken, as the plugin does. */
async function buy({ apiKey, endpoint }) {
  const body = {
    type: 'track',
    event: 'Order Completed',
    properties: { total: 12 },
    messageId: 'order-1',
    userId: 'ada',
  }
  const headers = { authorization: `Basic ${btoa(`${apiKey}:`)}` }
  for (;;) {
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.ok) return
    await sleep(Number(response.headers.get('retry-after')) * 1000)
  }
}
