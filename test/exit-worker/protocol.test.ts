import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsOfWorker, type WorkerSettings, workerName } from '../../lib/exit-worker/protocol.ts'

const settings: WorkerSettings = {
  version: '1.2.3',
  endpoint: 'https://ue.example/',
  apiKey: 'k"\u{1F600}',
  credentials: 'omit',
  queue: 'userengage:1:e:k',
  maxMessages: 1000,
  maxAgeMs: 1,
  timeoutMs: 2,
  omit: ['resolution'],
  consent: ['C0002'],
  respectGpc: true,
}

test('a worker reads its settings from its name', () => {
  assert.deepEqual(settingsOfWorker(workerName(settings), '1.2.3'), settings)
})

test('a worker does not serve pages of another version', () => {
  assert.equal(settingsOfWorker(workerName(settings), '1.2.4'), undefined)
})

test('pages whose settings differ have workers of their own', () => {
  for (const [name, value] of [
    ['version', '1.2.4'],
    ['consent', []],
    ['timeoutMs', 3],
  ] as const) {
    assert.notEqual(workerName(settings), workerName({ ...settings, [name]: value }))
  }
})

for (const name of ['', 'userengage ', 'userengage {', 'userengage null', 'another {"version":"1.2.3"}']) {
  test(`a worker whose name is "${name}" has no settings`, () => {
    assert.equal(settingsOfWorker(name, '1.2.3'), undefined)
  })
}
