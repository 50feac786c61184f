import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Ask } from './sandbox.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
/** A temporary folder of the test file, removed after its tests. */
export const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
after(() => rmSync(folder, { recursive: true }))
/** The path of a data file that does not exist yet, in a folder that does not exist either. */
export const fresh = (() => {
  let count = 0
  return () => join(folder, 'made', `${++count}.db`)
})()

function start(...args: string[]): ChildProcess {
  const { PORT: _, ...env } = process.env
  return spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts the command, and waits until it has printed its addresses. */
export async function run(...args: string[]) {
  const child = start('--port', '0', ...args)
  // A test that fails before it ends the command must not leave the process running.
  after(() => void child.kill('SIGKILL'))
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += chunk
    if (printed.includes('endpoint')) break
  }
  const port = /\/\/[^/]+:(\d+)\//.exec(printed)?.[1]
  const ask: Ask = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)
  return {
    port: Number(port),
    printed,
    ask,
    async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      child.kill(signal)
      const [code] = await once(child, 'exit')
      return code as number | null
    },
  }
}

/** Starts the command, which must end with exit code 1. Returns what it wrote to stderr. */
export async function fails(...args: string[]): Promise<string> {
  const child = start(...args)
  let printed = ''
  child.stderr?.on('data', (chunk) => {
    printed += chunk
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  return printed
}
