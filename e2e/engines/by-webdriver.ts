import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine, Tab, Visitor } from './engine.ts'

/** WebKitGTK, over the few commands of WebDriver (https://www.w3.org/TR/webdriver2/) that the scenarios need. */
export async function startByWebdriver(driver: string): Promise<Engine> {
  const port = await freePort()
  // The driver needs a display, which may be a virtual one.
  const command = process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? [] : ['xvfb-run', '-a']
  const [program = driver, ...args] = [...command, driver, `--port=${port}`]
  const child = spawn(program, args, {
    stdio: 'ignore',
    detached: true,
    // WebKit's own sandbox does not work for root.
    env: {
      ...process.env,
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    },
  })
  const address = `http://127.0.0.1:${port}`
  await isReady(address, child)
  return {
    visitor: () => createVisitor(address),
    close: async () => void process.kill(-(child.pid as number)),
  }
}

async function createVisitor(address: string): Promise<Visitor> {
  const { sessionId } = (await ask(address, 'POST', '/session', { capabilities: {} })) as {
    sessionId: string
  }
  const session = `/session/${sessionId}`
  const command = (method: string, path: string, body?: object) => ask(address, method, session + path, body)
  let windows = 0

  return {
    async tab(): Promise<Tab> {
      // The session comes with a window.
      const handle =
        windows++ === 0
          ? await command('GET', '/window')
          : ((await command('POST', '/window/new', { type: 'tab' })) as { handle: string }).handle
      const here = async (method: string, path: string, body?: object): Promise<unknown> => {
        await command('POST', '/window', { handle })
        return command(method, path, body)
      }
      return {
        goto: async (url) => void (await here('POST', '/url', { url })),
        async run(work, given) {
          const script = `const done = arguments[1]
            Promise.resolve(arguments[0]).then(${work}).then((value) => done({ value }), (error) => done({ error: String(error) }))`
          const outcome = (await here('POST', '/execute/async', { script, args: [given ?? null] })) as {
            value: never
            error?: string
          }
          if (outcome.error !== undefined) throw new Error(outcome.error)
          return outcome.value
        },
        close: async () => void (await here('DELETE', '/window')),
      }
    },
    leave: async () => void (await command('DELETE', '')),
  }
}

async function ask(address: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(address + path, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null }
  if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}, ${value?.message}`)
  return value
}

async function isReady(address: string, child: ChildProcess): Promise<void> {
  let failed: unknown
  child.on('error', (error) => {
    failed = error
  })
  for (let tries = 0; tries < 200; tries++) {
    if (failed) throw failed
    if (
      await fetch(`${address}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(50)
  }
  throw new Error('WebKitWebDriver does not answer.')
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
