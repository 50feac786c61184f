import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createExitWorker } from '../../lib/browser/exit-worker.ts'

test('in a page without isSecureContext, as jsdom gives to tests, there is no worker and nothing fails', (t) => {
  Object.assign(globalThis, { window: {} })
  t.after(() => Reflect.deleteProperty(globalThis, 'window'))
  const worker = createExitWorker(undefined, 'name', () => assert.fail('nobody asks'))
  worker.prepare()
  assert.equal(worker.isReady(), false)
})
