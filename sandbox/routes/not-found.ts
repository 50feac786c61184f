import type { Context } from 'hono'

const endpointPath = '/api/segment/'

/**
 * The answer to a request for which nothing is there. Most often a site has misspelt the address of the endpoint: so a page
 * of any origin may read the answer, which says the right one. Otherwise its browser would only speak of CORS.
 */
export function notFound(context: Context): Response {
  context.header('access-control-allow-origin', '*')
  if (context.req.method === 'OPTIONS') {
    context.header('access-control-allow-methods', 'POST')
    context.header('access-control-allow-headers', 'authorization, content-type')
    return context.body(null, 204)
  }
  return context.json({ message: whatIsThere(context) }, 404)
}

function whatIsThere({ req }: Context): string {
  const { origin, pathname } = new URL(req.url)
  const endpoint = origin + endpointPath
  if (pathname.replace(/\/?$/, '/') === endpointPath) {
    return `${req.method} ${pathname} shows nothing: ${endpoint} takes messages, by POST.`
  }
  return `Nothing is at ${pathname}. Messages go to POST ${endpoint}; the inspector is at ${origin}/, the demo shop at ${origin}/demo/.`
}
