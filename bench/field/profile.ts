import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { bundleReadable } from './bundle.ts'
import { type Contestant, contestants } from './contestants.ts'
import type { Site } from './site.ts'
import { serialsFrom, setStage } from './stage.ts'

/** What calls cost with one version of the plugin's source. */
export interface Profile {
  /** Until the first call of each round returned, in milliseconds. */
  firstCall: number[]
  /** Until each of the others returned, in milliseconds. */
  call: number[]
  /** Main-thread work per call of each round, in milliseconds of processor time. */
  work: number[]
  /** Where the time of a call goes, the most expensive place first. */
  costs: Cost[]
}

/** What calls cost now, and what they cost at an earlier commit. */
export interface Profiles {
  now: Profile
  before?: Profile & { commit: string }
}

/** Where main-thread time of a call goes. */
export interface Cost {
  /** A function and its file, or what the browser calls work of its own. */
  place: string
  microseconds: number
}

/** The source as it is. */
export const current = fileURLToPath(new URL('../../lib/index.ts', import.meta.url))
const rounds = 4
/** Calls of a round that are timed, and those that are sampled after them. */
const timed = 40
const sampled = 100
const pace = 25

/**
 * Times and samples versions of the plugin, without Analytics.js and with readable names, while calls are made, delivered
 * and settled. What the browser does for a function of ours, such as a write to storage, counts as that function's.
 *
 * @param sources paths of the versions' `index.ts`; they take turns
 */
export async function profile(browser: Browser, site: Site, sources: string[]): Promise<Profile[]> {
  const profiles = sources.map((): Profile => ({ firstCall: [], call: [], work: [], costs: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, source] of sources.entries()) {
      await addRound(profiles[index] as Profile, browser, site, source)
    }
  }
  for (const { costs } of profiles) costs.sort((a, b) => b.microseconds - a.microseconds)
  return profiles
}

async function addRound(into: Profile, browser: Browser, site: Site, source: string): Promise<void> {
  const { code, map } = await bundleReadable('plugin-alone', source)
  const contestant = contestants.find(({ id }) => id === 'plugin-alone') as Contestant
  const stage = await setStage(browser, site, contestant)
  await stage.page.route('**/main.js', (route) =>
    route.fulfill({ body: code, contentType: 'text/javascript' }),
  )
  await stage.start()
  const before = await stage.workMs()
  await stage.track(serialsFrom(0, timed), pace)
  await stage.arrived(timed, 30_000)
  into.work.push(((await stage.workMs()) - before) / timed)
  const [first, ...others] = await stage.page.evaluate(() => window.bench.calls.map(({ took }) => took))
  into.firstCall.push(first ?? Number.NaN)
  into.call.push(...others)

  await stage.cdp.send('Profiler.enable')
  await stage.cdp.send('Profiler.setSamplingInterval', { interval: 50 })
  await stage.cdp.send('Profiler.start')
  await stage.track(serialsFrom(timed, sampled), pace)
  await stage.arrived(timed + sampled, 30_000)
  const { profile } = await stage.cdp.send('Profiler.stop')
  await stage.close()
  for (const [place, microseconds] of placesOf(profile, map)) {
    const share = microseconds / sampled / rounds
    const known = into.costs.find((cost) => cost.place === place)
    if (known) known.microseconds += share
    else into.costs.push({ place, microseconds: share })
  }
}

/** Microseconds by place. The sampler knows places in the bundle: the map says where they were in the source. */
function placesOf({ nodes, samples = [], timeDeltas = [] }: Samples, map: string): Map<string, number> {
  const source = new SourceMap(JSON.parse(map))
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const places = new Map<string, number>()
  for (const [index, sample] of samples.entries()) {
    const frame = frames.get(sample)
    if (!frame || frame.functionName === '(idle)') continue
    const entry = source.findEntry(frame.lineNumber, frame.columnNumber)
    const file = 'originalSource' in entry ? entry.originalSource.replace(/^.*(?=lib\/)|^(\.\.\/)+/, '') : ''
    const place = frame.url.endsWith('main.js')
      ? `${frame.functionName || 'a callback'}, ${file}`
      : frame.functionName
    places.set(place, (places.get(place) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return places
}

/** What is read of the DevTools protocol's `Profiler.Profile`. */
interface Samples {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }
  }[]
  samples?: number[]
  timeDeltas?: number[]
}
