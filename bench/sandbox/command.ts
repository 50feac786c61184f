import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))

/** Starts the real command on a data file, and waits until it listens. */
export async function startSandbox(data: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    if (printed.includes('endpoint')) break
  }
  return {
    address: `http://127.0.0.1:${/localhost:(\d+)\//.exec(printed)?.[1]}`,
    async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}
