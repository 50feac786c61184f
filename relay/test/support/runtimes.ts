import { spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../runtimes', import.meta.url))
const serve = join(folder, 'serve.mjs')

/** The program of a package for this machine: those that npm installs need no install script. */
function program(scope: string, packages: RegExp, file: string): string | undefined {
  const modules = join(folder, 'node_modules', scope)
  const name = existsSync(modules) ? readdirSync(modules).find((entry) => packages.test(entry)) : undefined
  return name && join(modules, name, file)
}

const commands = {
  'Node.js': (bundle) => [process.execPath, serve, bundle],
  workerd: (bundle) => [
    program('@cloudflare', /^workerd-/, 'bin/workerd'),
    'serve',
    '--control-fd=1',
    workerConfig(bundle),
  ],
  Deno: (bundle) => [program('@deno', /./, 'deno'), 'run', '--allow-all', '--no-config', serve, bundle],
  Bun: (bundle) => [program('@oven', /^bun-/, 'bin/bun'), serve, bundle],
} satisfies Record<string, (bundle: string) => (string | undefined)[]>

export type Runtime = keyof typeof commands
export const runtimes = Object.keys(commands) as Runtime[]

/** For `test`: what to say where a runtime is not installed. */
export const having = (runtime: Runtime) =>
  commands[runtime]('')[0]
    ? {}
    : { skip: `${runtime} is not installed: npm ci --prefix relay/test/runtimes --ignore-scripts` }

/** Serves a bundled worker on a runtime. Returns the endpoint. */
export async function serveOn(runtime: Runtime, bundle: string): Promise<string> {
  const [command = '', ...args] = commands[runtime](bundle)
  const child = spawn(command, args as string[], { stdio: ['ignore', 'pipe', 'inherit'] })
  after(() => void child.kill('SIGKILL'))
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    const port = /"port":\s*(\d+)/.exec(printed)?.[1]
    if (port) return `http://127.0.0.1:${port}`
  }
  throw new Error(`${runtime} ended without listening: ${printed}`)
}

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
function workerConfig(bundle: string): string {
  if (!bundle) return ''
  const file = join(dirname(bundle), 'worker.capnp')
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "relay", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")],
      compatibilityDate = "2025-09-06"
    )),
    (name = "internet", network = (allow = ["private", "public"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "relay")]
);`,
  )
  return file
}
