import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Example, launchedFor, startExample } from './support/example.ts'
import { test as base, expect } from './support/fixtures.ts'
import { demoAnswersWith, messagesOfDemo, type ReceivedMessage } from './support/sandbox.ts'
import { withoutSegmentHosts } from './support/segment-hosts.ts'
import { watchWorker } from './support/worker.ts'

const test = base.extend<object, object>({
  launchOptions: [
    async ({ launchOptions, sandbox }, use) => use(launchedFor(sandbox.origin, launchOptions)),
    { scope: 'worker' },
  ],
})

/** The messages of one example, among all that the sandbox has received at the app "demo". */
async function messagesOf({ origin }: Example, sandbox: string): Promise<ReceivedMessage['body'][]> {
  return (await messagesOfDemo(sandbox))
    .filter(({ status, repeated }) => status === 200 && !repeated)
    .filter(({ body }) => String(body.context?.page?.url).startsWith(`${origin}/`))
    .map(({ body }) => body)
}
const named = (messages: ReceivedMessage['body'][]): string[] =>
  messages.map(({ type, event }) => event ?? type)

async function offline(page: Page, act: () => Promise<void>): Promise<void> {
  await page.context().setOffline(true)
  await act()
  await page.context().setOffline(false)
}

for (const { name, script, address = '', use, sends } of [
  {
    name: 'script-tag',
    use: async (page) => page.getByRole('button', { name: 'Buy' }).click(),
    sends: ['page', 'Order Completed'],
  },
  {
    name: 'all-in-one',
    use: async (page) => page.getByRole('button', { name: 'Sign up' }).click(),
    sends: ['page', 'identify', 'Signed Up'],
  },
  {
    name: 'vite-typescript',
    use: async (page) => {
      await page.getByRole('button', { name: 'Buy' }).click()
      await expect(page.getByText('Delivered')).toBeVisible()
    },
    sends: ['page', 'Order Completed'],
  },
  {
    name: 'vite-typescript',
    script: 'serve',
    use: async (page) => page.getByRole('button', { name: 'Buy' }).click(),
    sends: ['page', 'Order Completed'],
  },
  {
    name: 'react',
    use: async (page) => {
      await page.getByRole('link', { name: 'Canvas bag' }).click()
      await offline(page, () => page.getByRole('button', { name: 'Add to bag' }).click())
      await expect(page).toHaveTitle('Canvas bag')
      await page.getByRole('link', { name: 'Back' }).click()
    },
    sends: ['page', 'page', 'page', 'Product Added'],
  },
  {
    name: 'nextjs',
    script: 'serve',
    use: async (page) => {
      await page.getByRole('link', { name: 'Canvas bag' }).click()
      await page.getByRole('button', { name: 'Add to bag' }).click()
      await page.reload()
      await offline(page, () => page.getByRole('button', { name: 'Add to bag' }).click())
    },
    sends: ['page', 'page', 'page', 'Product Added', 'Product Added'],
  },
  {
    name: 'consent',
    use: async (page) => {
      await page.getByRole('button', { name: 'Buy' }).click()
      await page.getByRole('button', { name: 'Yes' }).click()
      await page.waitForFunction(() => window.UserEngageDestination?.instance?.stats().delivered === 2)
      await page.getByRole('button', { name: 'Buy' }).click()
      await page.waitForFunction(() => window.UserEngageDestination?.instance?.stats().delivered === 3)
      await page.getByRole('button', { name: 'Withdraw' }).click()
      await page.waitForFunction(() => window.UserEngageDestination === undefined)
      await page.getByRole('button', { name: 'Buy' }).click()
    },
    sends: ['page', 'Order Completed', 'Order Completed'],
  },
  {
    name: 'redaction',
    address: '/?token=secret-of-the-first#secret-fragment',
    use: async (page) => {
      // The address of this page is the referrer of the next.
      await page.evaluate(() => location.assign('/?q=secret-search'))
      await page.waitForURL('**/?q=secret-search')
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByRole('button', { name: 'staff' }).click()
      await offline(page, () => page.getByRole('button', { name: 'Search' }).click())
    },
    sends: ['page', 'page', 'Searched'],
  },
] as {
  name: string
  script?: string
  address?: string
  use(page: Page): Promise<void>
  sends: string[]
}[]) {
  const isBuilt = script === 'serve'
  test(`the example ${name}${isBuilt ? ', built,' : ''} runs, and sends what it shows`, async ({
    page,
    sandbox,
  }) => {
    test.slow()
    if (isBuilt) execFileSync('npm', ['run', 'build'], { cwd: `examples/${name}`, stdio: 'pipe' })
    const example = await startExample(name, script)
    try {
      await withoutSegmentHosts(page)
      await watchWorker(page)
      await page.goto(`${example.origin}${address}`)
      // The page takes clicks once it has made its own call. A page of React takes them when React has found the buttons.
      if (sends[0] === 'page' && name !== 'consent')
        await expect.poll(() => messagesOf(example, sandbox.origin)).not.toEqual([])
      if (name === 'react' || name === 'nextjs') await page.waitForFunction(isHydrated)
      await use(page)
      await expect
        .poll(async () => named(await messagesOf(example, sandbox.origin)).sort())
        .toEqual([...sends].sort())
      const messages = await messagesOf(example, sandbox.origin)
      if (name === 'redaction') {
        const searched = messages.find(({ event }) => event === 'Searched')
        expect(searched?.properties).toMatchObject({ query: 'orders of (email)' })
        expect(searched?.context.screen).toBeUndefined()
        expect(searched?.context.page).toMatchObject({
          url: `${example.origin}/`,
          referrer: `${example.origin}/`,
        })
        // Bodies and headers, of refused and repeated requests too.
        const leaking = (await messagesOfDemo(sandbox.origin)).filter((received) =>
          /secret|orders of ada/.test(JSON.stringify(received)),
        )
        expect(leaking.map(({ body }) => body.type)).toEqual([])
      }
      if (name === 'react' || name === 'nextjs') {
        const [first, second] = messages
          .filter(({ type }) => type === 'page')
          .map(({ context }) => context.page)
        expect([first?.title, second?.title]).toEqual(['A shop', 'Canvas bag'])
        expect(second?.referrer).toBe(first?.url)
      }
      if (isBuilt) await expectDeliveryAfterClose(page, example, sandbox.origin)
    } finally {
      await demoAnswersWith(sandbox.origin)
      await example.stop()
    }
  })
}

test('without its environment variables, an example works as before, and sends nothing', async ({
  page,
  sandbox,
  errors,
}) => {
  const example = await startExample('vite-typescript', 'start', () => ({
    env: { VITE_USERENGAGE_API_KEY: '', VITE_USERENGAGE_ENDPOINT: '' },
  }))
  try {
    await page.goto(example.origin)
    await page.getByRole('button', { name: 'Buy' }).click()
    // Nothing waits.
    await expect(page.getByText('Delivered')).toBeVisible()
    expect(await messagesOf(example, sandbox.origin)).toEqual([])
    expect(errors).toEqual([])
  } finally {
    await example.stop()
  }
})

/**
 * Presses the page's button more often than the browser has room for as the page ends, before a slow endpoint, and closes
 * the tab. Only the worker delivers them all without another visit: so the bundler has carried it along.
 */
async function expectDeliveryAfterClose(page: Page, example: Example, sandbox: string): Promise<void> {
  const before = (await messagesOf(example, sandbox)).length
  const presses = 80
  await page.waitForFunction(() => window.isWorkerReady)
  await demoAnswersWith(sandbox, { delayMs: 100, times: 2 * presses })
  await page.evaluate((times) => {
    for (let press = 0; press < times; press++) document.querySelector('button')?.click()
  }, presses)
  await page.close()
  await expect
    .poll(async () => (await messagesOf(example, sandbox)).length - before, { timeout: 60_000 })
    .toBe(presses)
}

/** Whether React listens to the elements of a page. This function runs in the page. */
const isHydrated = (): boolean =>
  Object.keys(document.querySelector('a, button') ?? {}).some((key) => key.startsWith('__react'))

test('the plugin does nothing in a server build of Vite', () => {
  const folder = mkdtempSync('examples/ssr-')
  try {
    writeFileSync(
      join(folder, 'entry.js'),
      `import { userEngage } from 'userengage-analytics-next'
       const before = Object.keys(globalThis).length
       const plugin = userEngage({ apiKey: 'k', endpoint: 'https://e.example/', autoPage: true })
       console.log(JSON.stringify([plugin.stats().queued, Object.keys(globalThis).length - before]))`,
    )
    const build = ['vite', 'build', '--ssr', 'entry.js', '--outDir', 'built', '--logLevel', 'error']
    execFileSync('npx', ['--no-install', ...build], { cwd: folder, stdio: 'pipe' })
    const said = execFileSync(process.execPath, ['built/entry.mjs'], { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual([0, 0])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('each example has fewer than 60 lines, and the README links to it', () => {
  const committed = (folder: string): string[] =>
    execFileSync('git', ['ls-files', folder], { encoding: 'utf8' })
      .split('\n')
      .filter((path) => path !== '' && !/package\.json|tsconfig|README|\.env$/.test(path))
  const { workspaces } = JSON.parse(readFileSync('examples/package.json', 'utf8')) as { workspaces: string[] }
  const readme = readFileSync('examples/README.md', 'utf8')
  for (const name of workspaces) {
    const lines = committed(`examples/${name}`)
      .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
      .filter((line) => line.trim() !== '')
    expect(lines.length, name).toBeLessThan(60)
    expect(readme).toContain(`(${name})`)
  }
})
