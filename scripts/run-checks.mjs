import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { delimiter, resolve } from 'node:path'

/** Many tests wait most of the time. More at once than this would slow down tests that have a time limit. */
const atOnce = Math.min(availableParallelism() + 1, 4)

/**
 * Runs checks side by side, each as soon as those are done that it comes `after`. A check that passes is one line, one
 * that fails is its output, or an `excerpt` of it.
 *
 * @returns how many tests passed and failed in all of them, and the names of the checks that failed
 */
export async function runChecks(checks) {
  const total = { passed: 0, failed: 0, failures: [] }
  const ended = new Map()
  const waiting = new Set(checks)
  const running = new Map()

  const isReady = ({ after = [] }) => after.every((name) => ended.has(name))
  const lacks = ({ after = [] }) => after.find((name) => ended.get(name) === false)

  while (waiting.size + running.size > 0) {
    for (const check of [...waiting].filter(isReady)) {
      if (running.size >= atOnce) break
      waiting.delete(check)
      running.set(
        check,
        runCheck(check, lacks(check)).then((result) => ({ check, result })),
      )
    }
    if (running.size === 0)
      throw new Error(`"${[...waiting][0].name}" comes after a check that does not exist.`)
    const { check, result } = await Promise.race(running.values())
    running.delete(check)
    ended.set(check.name, result.failed === 0)
    total.passed += result.passed
    total.failed += result.failed
    if (result.failed > 0) total.failures.push(check.name)
    report(check, result)
  }
  return total
}

async function runCheck({ command, env, count }, missing) {
  const started = performance.now()
  const { ok, output } = missing
    ? { ok: false, output: `Not run, because "${missing}" failed.\n` }
    : await runCommand(command, env)
  const { passed, failed } = (!missing && count?.()) || { passed: Number(ok), failed: 0 }
  return {
    passed,
    // A program that ends in failure although its tests passed, or that ran none, has failed.
    failed: failed === 0 && (!ok || passed === 0) ? 1 : failed,
    output,
    seconds: (performance.now() - started) / 1000,
  }
}

function report({ name, excerpt = (output) => output }, { passed, failed, output, seconds }) {
  if (failed > 0) console.log(`\n${excerpt(output)}`)
  console.log(
    `${failed ? '✖' : '✔'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)${failed ? '\n' : ''}`,
  )
}

/** Runs a program, of `node_modules/.bin` if it is there. */
export function runCommand([program, ...args], env = {}, stdio = 'pipe') {
  const PATH = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter)
  const child = spawn(program, args, {
    stdio: ['ignore', stdio, stdio],
    env: { ...process.env, PATH, ...env },
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  return new Promise((done) => {
    child.on('error', (error) => done({ ok: false, output: `${output}${error.message}\n` }))
    child.on('close', (code) => done({ ok: code === 0, output }))
  })
}
