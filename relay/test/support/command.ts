import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { messageOf, origin, token } from './relay.ts'

const main = fileURLToPath(new URL('../../command.ts', import.meta.url))

function start(args: string[], env: Record<string, string>): ChildProcess {
  const { PORT: _, USERCOM_TOKEN: __, NODE_TEST_CONTEXT: ___, ...inherited } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  after(() => void child.kill('SIGKILL'))
  return child
}

/** Starts the command as a relay to `url`, and waits until it listens. */
export async function run(url: string, ...args: string[]) {
  const child = start(['--url', url, '--origin', origin, '--port', '0', ...args], { USERCOM_TOKEN: token })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk
    })
  }
  while (!/endpoint\s+http:\S+:(\d+)\//.test(printed)) await once(child.stdout as never, 'data')
  const endpoint = `http://127.0.0.1:${/:(\d+)\/ /.exec(printed)?.[1]}/`
  return {
    endpoint,
    printed: () => printed,
    send: (fields: object = {}): Promise<Response> =>
      fetch(endpoint, { method: 'POST', body: JSON.stringify(messageOf(fields)), headers: { origin } }),
    async end(signal: NodeJS.Signals): Promise<number | null> {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}

/** Runs the command to its end. */
export async function output(args: string[], env: Record<string, string> = { USERCOM_TOKEN: token }) {
  const child = start(args, env)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { code: code as number, printed }
}
