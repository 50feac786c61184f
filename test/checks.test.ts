import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'checks-'))

/** Runs checks, given as source code, as `npm test` does. */
function runChecks(checks: string): { lines: string[]; total: unknown; error: string } {
  const code = `
    import { appendFileSync, readFileSync } from 'node:fs'
    import { runChecks } from './scripts/run-checks.mjs'
    const node = (code) => ['node', '-e', code]
    console.log(JSON.stringify(await runChecks(${checks})))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  })
  const lines = stdout
    .trim()
    .replace(/\d+\.\d s/g, 'N s')
    .split('\n')
  const last = lines.pop() ?? ''
  return { lines: lines.filter(Boolean), total: last && JSON.parse(last), error: stderr }
}

test('a check that passes is one line, a check that fails shows its output', () => {
  const { lines, total } = runChecks(`[
    { name: 'good', command: node('console.log("quiet")') },
    { name: 'bad', command: node('console.log("the reason"); process.exit(1)'), after: ['good'] },
  ]`)
  assert.deepEqual(lines, [
    '✔ good: 1 passed, 0 failed (N s)',
    'the reason',
    '✖ bad: 0 passed, 1 failed (N s)',
  ])
  assert.deepEqual(total, { passed: 1, failed: 1, failures: ['bad'] })
})

test('a check starts when those that it comes after have ended', () => {
  const file = JSON.stringify(join(folder, 'order'))
  const write = (name: string, before = '') =>
    `{ name: '${name}', command: node(\`${before}; require('fs').appendFileSync(${file}, '${name} ')\`)`
  runChecks(`[
    ${write('third')}, after: ['first', 'second'] },
    ${write('second')}, after: ['first'] },
    ${write('first', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)')} },
  ]`)
  assert.equal(readFileSync(join(folder, 'order'), 'utf8'), 'first second third ')
})

test('a check after one that failed is not run, and counts as failed', () => {
  const { lines, total } = runChecks(`[
    { name: 'build', command: node('process.exit(1)') },
    { name: 'package', command: node('console.log("ran")'), after: ['build'] },
  ]`)
  assert.ok(lines.includes('Not run, because "build" failed.'))
  assert.ok(!lines.includes('ran'))
  assert.deepEqual(total, { passed: 0, failed: 2, failures: ['build', 'package'] })
})

test('a check after one that does not exist is an error', () => {
  const { error } = runChecks(`[{ name: 'lost', command: node(''), after: ['biuld'] }]`)
  assert.match(error, /"lost" comes after a check that does not exist/)
})

test('a program that does not exist counts as failed', () => {
  const { lines, total } = runChecks(`[{ name: 'missing', command: ['no-such-program'] }]`)
  assert.match(lines[0] ?? '', /no-such-program/)
  assert.deepEqual(total, { passed: 0, failed: 1, failures: ['missing'] })
})

for (const [what, exit, counts, expected] of [
  ['whose tests pass', 0, '{ passed: 3, failed: 0 }', { passed: 3, failed: 0, failures: [] }],
  ['with tests that fail', 1, '{ passed: 3, failed: 2 }', { passed: 3, failed: 2, failures: ['tests'] }],
  [
    'that fails after its tests',
    1,
    '{ passed: 3, failed: 0 }',
    { passed: 3, failed: 1, failures: ['tests'] },
  ],
  ['without tests', 0, '{ passed: 0, failed: 0 }', { passed: 0, failed: 1, failures: ['tests'] }],
  ['that writes no counts', 1, 'undefined', { passed: 0, failed: 1, failures: ['tests'] }],
] as const) {
  test(`a suite ${what} counts as ${expected.passed} passed, ${expected.failed} failed`, () => {
    const { total } = runChecks(
      `[{ name: 'tests', command: node('process.exit(${exit})'), count: () => (${counts}) }]`,
    )
    assert.deepEqual(total, expected)
  })
}

test('the reporter counts tests and subtests, but neither suites nor skipped tests', () => {
  const file = join(folder, 'counted.test.mjs')
  writeFileSync(
    file,
    `import { describe, test } from 'node:test'
     describe('a suite', () => {
       test('passes', () => {})
       test('fails', () => { throw new Error('oops') })
       test('is skipped', { skip: true }, () => {})
     })
     test('has a subtest', (t) => t.test('passes', () => {}))`,
  )
  const { stdout } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=./scripts/count-reporter.mjs', '--test-reporter-destination=stdout', file],
    { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
  )
  assert.deepEqual(JSON.parse(stdout), { passed: 3, failed: 1 })
})
