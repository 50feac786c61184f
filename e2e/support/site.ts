import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Listening, listen } from './sandbox.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A customer's site: pages that a test writes, the built plugin, and analytics.js, all on an origin of its own. */
export interface Site extends Listening {
  /** Puts a page on the site and gives its address. */
  put(html: string, headers?: Record<string, string>): string
  /** Puts a script on the site, beside its pages, and gives its address. */
  putScript(code: string): string
  /** An address of the site that redirects to `url`. */
  redirectTo(url: string): string
  /** An address of the site that the browser saves instead of showing it. */
  download: string
  /** The same files on another origin, as from a CDN that lets every site read them. */
  cdn: string
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  const scripts = new Map<string, string>()
  const bundle = await bundleAsNpmApp()
  const app = new Hono()

  app.get('/redirect', (context) => context.redirect(context.req.query('to') ?? '/'))
  app.get('/download', (context) => context.body('x', 200, { 'content-disposition': 'attachment' }))
  app.get('/pages/:name{.+\\.js}', (context) => {
    const script = scripts.get(context.req.param('name'))
    return script === undefined
      ? context.notFound()
      : context.body(script, 200, { 'content-type': 'text/javascript' })
  })
  // A single-page app has one page for all of its addresses.
  app.get('/pages/:name/*', (context) => {
    const page = pages.get(context.req.param('name'))
    return page ? context.html(page.html, 200, page.headers) : context.notFound()
  })
  app.get('/pages/:name', (context) => {
    const page = pages.get(context.req.param('name'))
    return page ? context.html(page.html, 200, page.headers) : context.notFound()
  })
  app.get('/app/:file', (context) => {
    const code = bundle.get(context.req.param('file'))
    return code === undefined
      ? context.notFound()
      : context.body(code, 200, { 'content-type': 'text/javascript' })
  })
  // A CDN serves files to pages of any origin.
  app.use('/dist/*', cors())
  app.get('/dist/*', serveStatic({ root }))
  // A host that lets no other site read them.
  app.get(
    '/without-cors/*',
    serveStatic({ root, rewriteRequestPath: (path) => path.replace('/without-cors', '') }),
  )
  // The file that the snippet loads from Segment's CDN.
  app.get('/analytics.js/v1/:key/analytics.min.js', async (context) =>
    context.body(
      await readFile(`${root}/node_modules/@segment/analytics-next/dist/umd/standalone.js`, 'utf8'),
      200,
      {
        'content-type': 'text/javascript',
      },
    ),
  )
  app.get('/v1/projects/:key/settings', (context) =>
    context.json({ integrations: {}, metrics: { sampleRate: 0 } }),
  )
  app.get(
    '/analytics-next/bundles/*',
    serveStatic({
      root: `${root}/node_modules/@segment/analytics-next/dist/umd`,
      rewriteRequestPath: (path) => path.replace('/analytics-next/bundles', ''),
    }),
  )

  const server = await listen(app.fetch)
  return {
    ...server,
    cdn: server.origin.replace('localhost', '127.0.0.1'),
    put(body, headers = {}) {
      const name = `${pages.size + 1}.html`
      const html = `<!doctype html><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">${body}`
      pages.set(name, { html, headers })
      return `${server.origin}/pages/${name}`
    },
    redirectTo: (url) => `${server.origin}/redirect?to=${encodeURIComponent(url)}`,
    download: `${server.origin}/download`,
    putScript(code) {
      const name = `${scripts.size + 1}.js`
      scripts.set(name, code)
      return `${server.origin}/pages/${name}`
    },
  }
}

/** A script tag of one of the built files, with `more` attributes, from the site itself or from `origin`. */
export const scriptTag = (
  file: 'userengage.min.js' | 'userengage-analytics.min.js',
  { apiKey, endpoint }: { apiKey: string; endpoint: string },
  more = '',
  origin = '',
): string =>
  `<script src="${origin}/dist/${file}" data-api-key="${apiKey}" data-endpoint="${endpoint}" ${more}></script>`

/** The plugin as an app's bundler takes it from npm: by its package name, through `exports`, split into chunks. */
async function bundleAsNpmApp(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createWrapper } from '@segment/analytics-consent-tools'
        import { Analytics, AnalyticsBrowser } from '@segment/analytics-next'
        import { audienceTraits, toProfile, userEngage } from 'userengage-analytics-next'
        Object.assign(window, { Analytics, AnalyticsBrowser, audienceTraits, createWrapper, toProfile, userEngage })`,
      resolveDir: root,
      sourcefile: 'main.js',
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/app',
    entryNames: 'main',
    write: false,
  })
  return new Map(outputFiles.map(({ path, text }) => [path.split(/[/\\]/).at(-1) as string, text]))
}
