import { readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { build } from 'esbuild'
import { rarelyRun } from '../scripts/rarely-run.mjs'
import { serveBundle } from './support/bundle-site.ts'
import { expect, test } from './support/fixtures.ts'

const app = `
  import { Analytics } from '@segment/analytics-next'
  import { userEngage } from 'userengage-analytics-next'
  const analytics = new Analytics({ writeKey: 'unused' }, { retryQueue: true })
  const onDelivered = () => { window.isDelivered = true }
  analytics.register(userEngage({ ...window.settings, onDelivered }))
  analytics.page()`

/** The app and its source map, whose names of files are those of the repository. */
async function bundle(): Promise<{ code: string; map: string }> {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    outfile: 'main.js',
    sourcemap: 'external',
    write: false,
    logLevel: 'error',
  })
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { code: textOf('main.js'), map: textOf('main.js.map') }
}

/** Where a character of the code is: its line and its place in there, both counted from 0. */
function positionOf(code: string, offset: number): [line: number, column: number] {
  const before = code.slice(0, offset).split('\n')
  return [before.length - 1, before.at(-1)?.length ?? 0]
}

test('the modules that the build leaves to be compiled late are those that no start and no first page call runs', async ({
  page,
  account,
}) => {
  const { code, map } = await bundle()
  const worker = await readFile('dist/userengage-worker.js', 'utf8')
  const { apiKey, endpoint } = account
  const server = await serveBundle({ 'main.js': code, 'userengage-worker.js': worker }, { apiKey, endpoint })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Profiler.enable')
  await devtools.send('Profiler.startPreciseCoverage', { callCount: true })
  await page.goto(server.origin)
  await page.waitForFunction(() => 'isDelivered' in window)
  const { result } = await devtools.send('Profiler.takePreciseCoverage')
  server.close()

  const sources = new SourceMap(JSON.parse(map))
  const run = new Set<string>()
  const idle = new Set<string>()
  for (const { functions } of result.filter(({ url }) => url.endsWith('/main.js'))) {
    for (const [whole] of functions.map(({ ranges }) => ranges)) {
      if (!whole) continue
      const found = sources.findEntry(...positionOf(code, whole.startOffset))
      const source = 'originalSource' in found ? found.originalSource : ''
      const [module] = /(lib|protocol)\/[^:]*\.ts$/.exec(source) ?? []
      if (module && !source.includes('node_modules')) (whole.count > 0 ? run : idle).add(module)
    }
  }
  expect(run.size).toBeGreaterThan(50)
  expect(
    rarelyRun.filter((module) => run.has(module)),
    'in scripts/rarely-run.mjs, but run',
  ).toEqual([])
  expect(
    [...idle].filter((module) => !run.has(module) && !rarelyRun.includes(module)),
    'not run, and not in scripts/rarely-run.mjs',
  ).toEqual([])
})
