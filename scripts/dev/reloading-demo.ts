import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Env } from '../../sandbox/node-connection.ts'

/** The sandbox's policy takes scripts and event streams of its own origin only, so the client is a file there. */
const client = `new EventSource('/dev/builds').addEventListener('build', () => location.reload())`

/** Puts a sandbox into development: the pages of its demo shop that are open reload when `reload` is called. */
export function reloadingDemo(sandbox: Hono<Env>): { app: Hono<Env>; reload(): void } {
  const openPages = new Set<() => void>()
  const app = new Hono<Env>()

  app.get('/dev/reload.js', (context) => context.body(client, 200, { 'content-type': 'text/javascript' }))
  app.get('/dev/builds', (context) =>
    streamSSE(context, async (stream) => {
      const onBuilt = (): void => void stream.writeSSE({ event: 'build', data: 'done' })
      openPages.add(onBuilt)
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      openPages.delete(onBuilt)
    }),
  )
  app.all('*', async (context) => {
    const response = await sandbox.fetch(context.req.raw, context.env)
    const isShop = /^\/demo\/(index\.html)?$/.test(context.req.path) && response.ok
    if (!isShop) return response
    const page = await response.text()
    return new Response(page.replace('</head>', '<script src="/dev/reload.js"></script></head>'), response)
  })

  return {
    app,
    reload() {
      for (const onBuilt of openPages) onBuilt()
    },
  }
}
