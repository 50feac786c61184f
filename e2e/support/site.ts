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
  put(html: string): string
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, string>()
  const bundle = await bundleAsNpmApp()
  const app = new Hono()

  // A single-page app has one page for all of its addresses.
  app.get('/pages/:name/*', (context) => {
    const html = pages.get(context.req.param('name'))
    return html === undefined ? context.notFound() : context.html(html)
  })
  app.get('/pages/:name', (context) => {
    const html = pages.get(context.req.param('name'))
    return html === undefined ? context.notFound() : context.html(html)
  })
  app.get('/app/:file', (context) => {
    const code = bundle.get(context.req.param('file'))
    return code === undefined
      ? context.notFound()
      : context.body(code, 200, { 'content-type': 'text/javascript' })
  })
  // As a CDN serves files: to pages of any origin.
  app.use('/dist/*', cors())
  app.get('/dist/*', serveStatic({ root }))
  // What the snippet asks of Segment's CDN.
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
    put(html) {
      const name = `${pages.size + 1}.html`
      pages.set(
        name,
        `<!doctype html><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">${html}`,
      )
      return `${server.origin}/pages/${name}`
    },
  }
}

/** A script tag of one of the built files, with `more` attributes. */
export const scriptTag = (
  file: 'userengage.min.js' | 'userengage-analytics.min.js',
  { apiKey, endpoint }: { apiKey: string; endpoint: string },
  more = '',
): string =>
  `<script src="/dist/${file}" data-api-key="${apiKey}" data-endpoint="${endpoint}" ${more}></script>`

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
