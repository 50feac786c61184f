// `npm run bench`: measures the plugin and its peers, writes docs/benchmarks.md, and fails where a budget is exceeded.
import { writeFileSync } from 'node:fs'
import { before, withSourceOf } from './before.ts'
import { launch } from './browser.ts'
import { contestants } from './contestants.ts'
import { measureDrain } from './drain.ts'
import { measureLoss } from './loss/measure.ts'
import { describeMachine } from './machine.ts'
import { current, type Profile, profile } from './profile.ts'
import { budgetsOf, isKept } from './report/budgets.ts'
import { documentOf } from './report/document.ts'
import { writePlots } from './report/plots.js'
import { folder, type Results, readResults, writeResults } from './results.ts'
import { measureScale } from './scale.ts'
import { startSite } from './site.ts'
import { measureSpeed } from './speed.ts'
import { weigh } from './weight.ts'

/** By how many times slower the processor is made. */
const rounds = { 1: 5, 4: 3 }

async function measure(): Promise<Results> {
  const site = await startSite()
  const browser = await launch()
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now()
    const result = await work()
    console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
    return result
  }
  const results: Results = {
    machine: describeMachine(browser, contestants),
    rounds,
    weight: await step('weight', () => weigh(browser, site)),
    speed: [
      ...(await step('speed', () => measureSpeed(browser, site, { throttle: 1, rounds: rounds[1] }))),
      ...(await step('speed, slowed down', () =>
        measureSpeed(browser, site, { throttle: 4, rounds: rounds[4] }),
      )),
    ],
    profile: await step('profile', async () => {
      const [now, earlier] =
        (await withSourceOf(before, (index) => profile(browser, site, [current, index]))) ??
        (await profile(browser, site, [current]))
      return { now: now as Profile, ...(earlier && { before: { commit: before, ...earlier } }) }
    }),
    scale: await step('scale', () => measureScale(browser, site)),
    drain: await step('drain', () => measureDrain(browser, site)),
    loss: await step('loss', () => measureLoss(browser, site)),
  }
  await browser.close()
  site.close()
  return results
}

// The numbers of the last run in a new report: for who changes the report.
const isReportOnly = process.argv.includes('--report')
if (!isReportOnly) writeResults(await measure())
const results = readResults()
const document = documentOf(results)
writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), document)
writePlots(results, folder)
console.log(document.replace(/^!.*\n\n/gm, ''))

for (const budget of budgetsOf(results).filter((budget) => !isKept(budget))) {
  console.error(`Over the budget: ${budget.what} is ${budget.measured.toFixed(2)}, at most ${budget.limit}.`)
  process.exitCode = 1
}
