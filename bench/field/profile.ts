import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { bundleReadable } from './bundle.ts'
import { contestants } from './contestants.ts'
import type { Site } from './site.ts'
import { setStage } from './stage.ts'

/** Where main-thread time of a call goes. */
export interface Cost {
  /** A function and its file, or what the browser calls work of its own. */
  place: string
  microseconds: number
}

const ownIndex = fileURLToPath(new URL('../../lib/index.ts', import.meta.url))
const calls = 300
const pace = 25

/**
 * Samples the plugin, without Analytics.js and with readable names, while calls are made, delivered and settled. What
 * the browser does for a function of ours, such as a write to storage, counts as that function's.
 *
 * @param index the plugin's source
 * @returns microseconds per call, the most expensive first
 */
export async function profile(browser: Browser, site: Site, index = ownIndex): Promise<Cost[]> {
  const contestant = contestants.find(({ id }) => id === 'plugin-alone')
  if (!contestant) throw new Error('There is no contestant plugin-alone.')
  const { code, map } = await bundleReadable(contestant.id, index)
  const stage = await setStage(browser, site, contestant)
  await stage.page.route('**/main.js', (route) =>
    route.fulfill({ body: code, contentType: 'text/javascript' }),
  )
  await stage.start()
  // The first call is another matter: see the table of first calls.
  await stage.track([0], pace)
  await stage.cdp.send('Profiler.enable')
  await stage.cdp.send('Profiler.setSamplingInterval', { interval: 50 })
  await stage.cdp.send('Profiler.start')
  const serials = Array.from({ length: calls }, (_, index) => index + 1)
  await stage.track(serials, pace)
  await stage.arrived(calls + 1, 30_000)
  const { profile } = await stage.cdp.send('Profiler.stop')
  await stage.close()

  const sources = new SourceMap(JSON.parse(map))
  const costs = new Map<string, number>()
  const nodes = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  profile.samples?.forEach((sample, index) => {
    const frame = nodes.get(sample)
    if (!frame || frame.functionName === '(idle)') return
    const entry = sources.findEntry(frame.lineNumber, frame.columnNumber)
    const file = 'originalSource' in entry ? entry.originalSource.replace(/^.*(?=lib\/)|^(\.\.\/)+/, '') : ''
    const place = frame.url.endsWith('main.js')
      ? `${frame.functionName || 'a callback'}, ${file}`
      : frame.functionName
    costs.set(place, (costs.get(place) ?? 0) + (profile.timeDeltas?.[index] ?? 0))
  })
  return [...costs]
    .map(([place, microseconds]) => ({ place, microseconds: microseconds / calls }))
    .sort((a, b) => b.microseconds - a.microseconds)
}
