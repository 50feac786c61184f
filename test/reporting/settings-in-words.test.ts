import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsInWords } from '../../lib/reporting/settings-in-words.ts'
import { resolveSettings } from '../../lib/settings/resolve.ts'

const required = { apiKey: 'a secret key', endpoint: 'https://ue.example/' }

test('what is switched on is named; neither the API key nor what has its default is', () => {
  const words = settingsInWords(
    resolveSettings({
      ...required,
      debug: true,
      autoPage: true,
      respectGpc: false,
      consent: ['C0002', 'C0004'],
      omit: [],
      queue: { storage: 'memory', maxMessages: 1000 },
      timeoutMs: 5000,
      beforeSend: (message) => message,
      workerUrl: false,
    }),
  )
  assert.equal(
    words,
    'Settings: consent C0002, C0004; queue.storage memory; timeoutMs 5000; autoPage; beforeSend; workerUrl false',
  )
})

test('with nothing switched on, all settings have their defaults', () => {
  assert.equal(
    settingsInWords(resolveSettings({ ...required, debug: true })),
    'All settings have their defaults',
  )
})
