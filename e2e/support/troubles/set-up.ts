import { track } from '../calls.ts'
import { enter, expect } from '../fixtures.ts'
import { listen } from '../sandbox.ts'
import { shopPage } from '../shop-page.ts'
import { arrived, flush, hears, queued, type Scenario } from './trouble.ts'

const segmentKeys = 'App settings > Advanced > Segment API keys'

/** Answers that lack more and more of what CORS asks for, by path. */
const corsHeaders: Record<string, Record<string, string>> = {
  '/nothing': {},
  '/origin': { 'access-control-allow-origin': '*' },
  '/authorization': {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization',
  },
}

/** The set-up is wrong: key, endpoint, or what the page may ask. */
export const setUpTroubles: Record<string, Scenario> = {
  async '`401` on the console'(trouble) {
    const page = await trouble.openShop({ apiKey: 'unknown' })
    await track(page, 'A')
    await hears(trouble, 'answered 401')
    expect(await queued(page)).toBe(1)
    return [segmentKeys]
  },

  async '`403` on the console'(trouble) {
    const { account } = trouble
    const page = await trouble.openShop()
    await account.revokesKey(true)
    await track(page, 'A')
    await hears(trouble, 'answered 403 "This API key is revoked')
    await account.revokesKey(false)
    await account.trusts('shop.example')
    expect(await flush(page)).toBe(false)
    await hears(trouble, 'is not trusted, only shop.example')
    await account.trusts('localhost')
    expect(await flush(page)).toBe(true)
    await arrived(trouble, 'A')
    return [segmentKeys, 'App settings > Advanced > Domains']
  },

  async '`404` or `405`, or `redirects`'(trouble) {
    const page = await trouble.openShop({ endpoint: `${trouble.account.endpoint}nowhere/` })
    await track(page, 'A')
    await hears(trouble, 'answered 404')
    expect(await queued(page)).toBe(1)
    for (const [status, words] of [
      [405, 'answered 405'],
      [301, 'redirects'],
    ] as const) {
      await trouble.openShop()
      await trouble.account.answersWith({ status })
      await track(page, 'A')
      await hears(trouble, words)
      expect(await queued(page)).toBe(1)
      // The next page does not find it.
      expect(await flush(page)).toBe(true)
    }
    return ['slash at its end']
  },

  async 'a request fails, the console speaks of CORS'(trouble) {
    const strict = await listen(
      (request) => new Response(null, { headers: corsHeaders[new URL(request.url).pathname] ?? {} }),
    )
    for (const [path, words] of [
      ['/nothing', 'has been blocked by CORS policy'],
      ['/origin', 'Request header field authorization is not allowed'],
      ['/authorization', 'Request header field content-type is not allowed'],
    ] as const) {
      await track(await trouble.openShop({ endpoint: strict.origin + path }), 'A')
      await hears(trouble, words)
    }
    await hears(trouble, 'still queued: the request failed')
    strict.close()
    return ['CORS', 'authorization', 'content-type']
  },

  async 'the console speaks of Content Security Policy'(trouble) {
    const { account, site, page } = trouble
    const settings = { apiKey: account.apiKey, endpoint: account.endpoint, debug: true }
    await enter(page, site.put(shopPage(settings), { 'content-security-policy': "connect-src 'self'" }))
    await track(page, 'A')
    await hears(trouble, `Add ${new URL(account.endpoint).origin} to its connect-src`)
    return ['Content Security Policy', 'connect-src']
  },

  async '`answered 200 with a web page`'(trouble) {
    const { page } = trouble
    // Many servers of single-page apps answer every path with the same page.
    await page.route('**/hello', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>A shop</h1>' }),
    )
    await track(await trouble.openShop({ endpoint: '/hello' }), 'A')
    await hears(trouble, 'with a web page')
    expect(await queued(page)).toBe(1)
    return ['to the relay']
  },

  async '`endpoint must be an absolute http(s) URL`'(trouble) {
    await trouble.page.goto(trouble.shop({ endpoint: 'ue.example' }))
    await hears(trouble, 'got "ue.example"')
    return ['/hello']
  },

  async '`Failed to fetch a worker script`'(trouble) {
    const { context, page, said } = trouble
    // Playwright reports no line of a worker.
    const devtools = await context.newCDPSession(page)
    await devtools.send('Log.enable')
    devtools.on('Log.entryAdded', ({ entry }) => void said.push(entry.text))
    await track(await trouble.openShop({ workerUrl: '/nowhere/userengage-worker.js' }), 'A')
    await hears(trouble, '/nowhere/userengage-worker.js is no worker')
    await arrived(trouble, 'A')
    return ['userengage-worker.js', 'workerUrl', 'Nothing is lost']
  },
}
