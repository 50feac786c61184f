import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Browser, CDPSession } from '@playwright/test'
import { bundleSmallest } from './bundle.ts'
import { type Contestant, contestants } from './contestants.ts'
import { inPool } from './pool.ts'
import type { Site } from './site.ts'
import { setStage } from './stage.ts'

/** What the smallest app with a contestant weighs, in bytes, and what it does as it starts. */
export interface Weight {
  contestant: string
  /** The files that it cannot start without: minified, and compressed as servers do. */
  minified: number
  gzip: number
  brotli: number
  /** All files, those that are loaded as they are needed included, by gzip. */
  gzipOfAll: number
  /** Of the code that ran before the first call. */
  executed: number
  /** Requests before the first call, beyond those for the files above: of any kind, preflights included. */
  requests: number
}

/** @throws Error where a contestant cannot be bundled, or its page does not start */
export async function weigh(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants,
): Promise<Weight[]> {
  return inPool(4, among, async (contestant) => {
    const { files, initial } = await bundleSmallest(contestant.id)
    const needed = initial.map((name) => files.get(name) ?? new Uint8Array())
    return {
      contestant: contestant.id,
      minified: sum(needed, (file) => file.length),
      gzip: sum(needed, (file) => gzipSync(file, { level: 9 }).length),
      brotli: sum(needed, (file) => brotliCompressSync(file).length),
      gzipOfAll: sum([...files.values()], (file) => gzipSync(file, { level: 9 }).length),
      ...(await watchStart(browser, site, contestant)),
    }
  })
}

async function watchStart(browser: Browser, site: Site, contestant: Contestant) {
  const stage = await setStage(browser, site, contestant)
  const { page, cdp, collector } = stage
  let requests = 0
  const code = new URL('.', site.code(contestant.id)).href
  page.on('request', (request) => {
    if (!request.url().startsWith(code) && !request.url().startsWith(collector.url)) requests++
  })
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  await stage.start()
  // Some do what they do at the start a second later.
  await page.waitForTimeout(2000)
  const executed = await executedBytes(cdp)
  await stage.close()
  return { executed, requests: requests + collector.traffic.requests }
}

/** How much of the page's code has run, by V8's coverage: of blocks within functions, not whole functions. */
async function executedBytes(cdp: CDPSession): Promise<number> {
  const { result } = await cdp.send('Profiler.takePreciseCoverage')
  return sum(result, ({ url, functions }) => {
    if (!url.endsWith('.js')) return 0
    const length = Math.max(0, ...functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset)))
    const ran = new Uint8Array(length)
    // From the outside in: what is told of a block overrules what is told of the function around it.
    const ranges = functions.flatMap(({ ranges }) => ranges)
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
    for (const { startOffset, endOffset, count } of ranges)
      ran.fill(count > 0 ? 1 : 0, startOffset, endOffset)
    return sum([...ran], Number)
  })
}

const sum = <Item>(items: Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
