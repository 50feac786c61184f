type Address = (request: Request) => string | undefined

/** The visitor's address as Cloudflare tells it. Only for a relay that nobody reaches but through Cloudflare. */
export const cloudflare: Address = (request) => request.headers.get('cf-connecting-ip') ?? undefined

/** The visitor's address as Vercel tells it. Only for a relay on Vercel. */
export const vercel: Address = (request) => request.headers.get('x-real-ip') ?? undefined

/**
 * The visitor's address as the outermost of `hops` own proxies saw it: each appends to `X-Forwarded-For` who called it,
 * and what stands before those is the visitor's own text.
 */
export const forwardedFor =
  (hops: number): Address =>
  (request) =>
    request.headers.get('x-forwarded-for')?.split(',').at(-hops)?.trim() || undefined
