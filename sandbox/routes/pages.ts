import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Store } from '../database/store.ts'
import type { Env } from '../node-connection.ts'

const self = "'self'"
/** The folder of the inspector's chart library. The inspector has no build, so its pages load the package's file. */
const charts = dirname(createRequire(import.meta.url).resolve('uplot'))

/** The inspector, the demo shop, and the built plugin that the shop uses. */
export function pageRoutes(store: Store, root: string): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: [self],
        imgSrc: [self, 'data:'],
        connectSrc: [self, (context) => relayOf(context) ?? self],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: [self],
      },
      strictTransportSecurity: false,
      // On plain http, browsers ignore these headers and log a warning.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      // The shop's page views have a referrer, as on any site.
      referrerPolicy: 'same-origin',
      // A page on another port may load the built plugin from here.
      crossOriginResourcePolicy: false,
    }),
    async (context, next) => {
      await next()
      context.header('cache-control', 'no-store')
    },
  )

  const file = (path: string): Promise<string> => readFile(`${root}/${path}`, 'utf8')

  routes.get('/', async (context) => context.html(await file('sandbox/inspector/index.html')))
  routes.get('/demo', (context) => context.redirect('/demo/'))
  routes.on('GET', ['/demo/', '/demo/index.html'], async (context) => {
    const app = store.apps.byId(context.req.query('app') ?? 'demo')
    if (!app) return context.text('There is no such app. Open /demo/ for the demo shop.', 404)
    try {
      await file('dist/userengage-analytics.min.js')
    } catch {
      return context.text('The plugin is not built yet: run `npm run build`, or start with `npm start`.', 503)
    }
    const relay = relayOf(context)
    const values: Record<string, string> = {
      apiKey: app.apiKey,
      app: app.id,
      endpoint: relay ?? new URL('/api/segment/', context.req.url).href,
      otherWay: `?app=${app.id}${relay ? '' : `&relay=${usualRelayPort}`}`,
      otherWayWords: relay ? 'Send straight' : 'Send through the relay',
    }
    const page = await file('sandbox/demo/index.html')
    return context.html(page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escaped(values[name] ?? '')))
  })

  const inside =
    (folder: string, prefix: string): MiddlewareHandler<Env> =>
    (context, next) => {
      // Checked at each request: `dist` may be built while the sandbox runs, and serveStatic warns if it is missing.
      if (!existsSync(folder)) return next()
      const rewriteRequestPath = (path: string): string => path.slice(prefix.length)
      return serveStatic<Env>({ root: folder, rewriteRequestPath })(context, next)
    }
  routes.get('/inspector/uplot/*', inside(charts, '/inspector/uplot'))
  routes.get('/inspector/*', inside(`${root}/sandbox/inspector`, '/inspector'))
  routes.get('/demo/*', inside(`${root}/sandbox/demo`, '/demo'))
  routes.get('/dist/*', inside(`${root}/dist`, '/dist'))
  return routes
}

const usualRelayPort = 4500

/** The relay on this machine that the shop sends through, at `/demo/?relay=4500`; `npm run relay` starts one. */
function relayOf({ req }: Context): string | undefined {
  const port = req.query('relay') ?? ''
  const { pathname, hostname } = new URL(req.url)
  return pathname.startsWith('/demo/') && /^\d{1,5}$/.test(port) ? `http://${hostname}:${port}/` : undefined
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
