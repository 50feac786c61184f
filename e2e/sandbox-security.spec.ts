import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { type Listening, listen } from './support/sandbox.ts'

/** A host name by which the browser finds this machine, though it is none of loopback: as a stranger's may be. */
const strangers = (url: string): string => url.replace('localhost', 'shop.test')

/** Opens a page that is none of the sandbox's. */
async function openPage(
  page: Page,
  address = (origin: string) => origin,
  headers: Record<string, string> = {},
): Promise<Listening> {
  const html = { headers: { 'content-type': 'text/html', ...headers } }
  const site = await listen(() => new Response('<!doctype html><p>Hello', html))
  await page.goto(address(site.origin))
  return site
}

test("a stranger's page cannot create an app, by fetch or by a form", async ({ page, sandbox }) => {
  const site = await openPage(page, strangers)
  const url = `${sandbox.origin}/api/sandbox/apps`
  const fetched = page.waitForResponse(url)
  await page.evaluate((url) => {
    void fetch(url, { method: 'POST', mode: 'no-cors', body: '{"name":"stranger"}' })
  }, url)
  expect((await fetched).status()).toBe(403)

  await page.setContent(
    `<form method="post" enctype="text/plain" action="${url}"><input name='{"name":"stranger","' value='":1}'></form>`,
  )
  const submitted = page.waitForResponse(url)
  await page.evaluate(() => document.forms[0]?.submit())
  expect((await submitted).status()).toBe(403)
  expect(await (await fetch(url)).text()).not.toContain('stranger')
  site.close()
})

test('a page without an origin, such as a sandboxed one, cannot control the sandbox', async ({
  page,
  sandbox,
}) => {
  const site = await openPage(page, undefined, { 'content-security-policy': 'sandbox allow-scripts' })
  const url = `${sandbox.origin}/api/sandbox/apps`
  expect(await page.evaluate(() => self.origin)).toBe('null')
  const answer = page.waitForResponse(url)
  await page.evaluate((url) => {
    void fetch(url, { method: 'POST', mode: 'no-cors', body: '{}' })
  }, url)
  expect((await answer).status()).toBe(403)
  site.close()
})

test('a page of another port of this machine cannot write by REST, even with the token', async ({
  page,
  sandbox,
  account,
  errors,
}) => {
  const site = await openPage(page)
  const outcome = await page.evaluate(
    ([url, token]) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Token ${token}` },
        body: '{"custom_id":"eve"}',
      }).then(
        () => 'answered',
        () => 'blocked',
      ),
    [`${sandbox.origin}/api/public/users/`, account.token] as const,
  )
  expect(outcome).toBe('blocked')
  // The browser says on the console that it did not get through.
  expect(errors.splice(0).join()).toContain('CORS')
  expect(await account.restRequests()).toEqual([])
  site.close()
})

test("a stranger's name that points to this machine opens nothing", async ({ page, sandbox }) => {
  const rebound = strangers(sandbox.origin)
  for (const path of [
    '/',
    '/demo/',
    '/api/sandbox/apps',
    '/api/sandbox/apps/demo/users',
    '/api/public/users/',
  ]) {
    const response = await page.goto(`${rebound}${path}`)
    expect(response?.status(), path).toBe(403)
    expect(await page.textContent('body')).toContain('--allow-host shop.test')
  }
  // What a page asks under that name is of its own origin, to the browser.
  const status = await page.evaluate(() => fetch('/api/sandbox/apps').then((response) => response.status))
  expect(status).toBe(403)
})

test('a page of any origin sends messages to the Segment endpoint, and reads the answer', async ({
  page,
  account,
}) => {
  const site = await openPage(page, strangers)
  const status = await page.evaluate(
    async ([endpoint, apiKey]) => {
      const headers = { authorization: `Basic ${btoa(`${apiKey}:`)}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ type: 'page', messageId: 'one', userId: 'ann', properties: {} })
      return (await fetch(endpoint, { method: 'POST', headers, body })).status
    },
    [account.endpoint, account.apiKey] as const,
  )
  expect(status).toBe(200)
  expect(await account.events()).toEqual(['page'])
  site.close()
})

test('the inspector controls the sandbox under each name of this machine', async ({ page, sandbox }) => {
  for (const name of ['localhost', '127.0.0.1']) {
    await page.goto(sandbox.origin.replace('localhost', name))
    const status = await page.evaluate(() =>
      fetch('/api/sandbox/apps', { method: 'POST', body: '{}' }).then((response) => response.status),
    )
    expect(status, name).toBe(201)
  }
})
