import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { createSilenceWarning } from '../../lib/reporting/silence-warning.ts'

let warnings: string[] = []
beforeEach(() => {
  warnings = []
  mock.method(console, 'warn', (text: string) => warnings.push(text))
})
afterEach(() => mock.restoreAll())

let isOffline = false
const create = () => {
  isOffline = false
  return createSilenceWarning('https://ue.example/', () => isOffline)
}

test('the third request in a row without an answer is one warning, whatever follows', () => {
  const onRequestEnd = create()
  onRequestEnd(false)
  onRequestEnd(false)
  assert.deepEqual(warnings, [])
  for (let count = 0; count < 10; count++) onRequestEnd(false)
  onRequestEnd(true)
  for (let count = 0; count < 10; count++) onRequestEnd(false)
  assert.equal(warnings.length, 1)
  assert.match(
    String(warnings[0]),
    /^\[UserEngage\] Nothing answers at https:\/\/ue\.example\/: 3 requests .*host or path.*CORS.*Content-Security-Policy.*ad blocker/,
  )
})

test('the warning links to a heading of a page that is there', () => {
  const onRequestEnd = create()
  for (let count = 0; count < 3; count++) onRequestEnd(false)
  const { homepage } = JSON.parse(readFileSync('package.json', 'utf8')) as { homepage: string }
  const [, repository, path, heading] =
    /(https:[^\s]*)\/blob\/main\/(.*)#(.*)$/.exec(String(warnings[0])) ?? []
  assert.equal(`${repository}#readme`, homepage)
  const headings = readFileSync(String(path), 'utf8').matchAll(/^#+ (.*)$/gm)
  assert.ok([...headings].some(([, text]) => text?.toLowerCase().replaceAll(' ', '-') === heading))
})

test('an answer between them begins the count anew', () => {
  const onRequestEnd = create()
  for (const isAnswered of [false, false, true, false, false, true]) onRequestEnd(isAnswered)
  assert.deepEqual(warnings, [])
})

test('requests do not count while the browser is offline, nor do those before', () => {
  const onRequestEnd = create()
  onRequestEnd(false)
  onRequestEnd(false)
  isOffline = true
  for (let count = 0; count < 10; count++) onRequestEnd(false)
  isOffline = false
  onRequestEnd(false)
  onRequestEnd(false)
  assert.deepEqual(warnings, [])
  onRequestEnd(false)
  assert.equal(warnings.length, 1)
})
