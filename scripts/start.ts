// `npm start`: builds the plugin and runs the sandbox. What could stop it is told before the build, which takes a while.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { type Options, readOptions, usage } from '../sandbox/options.ts'
import { portInUse } from '../sandbox/port.ts'

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function options(): Options {
  try {
    return readOptions(process.argv.slice(2), process.env)
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** Whether another program listens on a port. Any other trouble is the sandbox's to report. */
const isTaken = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'))
    probe.listen(port, host, () => probe.close(() => resolve(false)))
  })

function build(): void {
  console.log('Building the plugin into dist/, for the demo shop. That can take a minute …')
  const started = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail('The build failed: what is wrong stands above.')
  console.log(`Built in ${Math.ceil((performance.now() - started) / 1000)} seconds.`)
}

const { help, port, host = '127.0.0.1' } = options()
if (help) {
  console.log(usage)
  process.exit(0)
}
if (await isTaken(port, host)) fail(portInUse(port, 'npm start -- --port 4401'))
build()
// It reads the same command line.
await import('../sandbox/main.ts')
