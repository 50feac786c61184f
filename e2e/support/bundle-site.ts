import { Hono } from 'hono'
import { listen } from './sandbox.ts'

/** What a bundler makes of an app: texts by the names of their files. The page loads `main.js`. */
export type Bundle = Record<string, string>

/**
 * Serves a page that runs a bundled app.
 *
 * @param settings the page's `settings`, which the app gives to the plugin
 */
export function serveBundle(files: Bundle, settings: object) {
  const site = new Hono()
  site.get('/assets/:file', (context) =>
    context.body(files[context.req.param('file')] ?? '', 200, { 'content-type': 'text/javascript' }),
  )
  site.get('/', (context) =>
    context.html(
      `<link rel="icon" href="data:,"><script>settings = ${JSON.stringify(settings)}</script><script type="module" src="/assets/main.js"></script>`,
    ),
  )
  return listen(site.fetch)
}
