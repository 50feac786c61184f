// `npm run bench`: measures the plugin and its peers, writes docs/benchmarks.md, and fails where a budget is exceeded.
// `npm run bench -- --only speed,loss` measures parts, prints what they gave, and writes nothing.
// `npm run bench -- --report` makes a new report of the numbers of the last run: for who changes the report.
import { writeFileSync } from 'node:fs'
import { launch } from './browser.ts'
import { contestants } from './contestants.ts'
import { describeMachine } from './machine.ts'
import { measures, type PartName, partsOf, rounds } from './parts.ts'
import { budgetsOf, isFailed } from './report/budgets.ts'
import { documentOf } from './report/document.ts'
import { writePlots } from './report/plots.js'
import { partOf } from './report/sections.ts'
import { folder, noParts, type Results, readResults, writeResults } from './results.ts'
import { startSite } from './site.ts'

async function measure(parts: PartName[]): Promise<Results> {
  const site = await startSite()
  const browser = await launch()
  const results: Results = { machine: describeMachine(browser, contestants), rounds, ...noParts }
  for (const part of parts) {
    const start = performance.now()
    Object.assign(results, { [part]: await measures[part](browser, site) })
    console.log(`${part}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
  }
  await browser.close()
  site.close()
  return results
}

function writeDocument(): Results {
  const results = readResults()
  const document = documentOf(results)
  writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), document)
  writePlots(results, folder)
  console.log(document.replace(/^!.*\n\n/gm, ''))
  return results
}

async function run(given: string[]): Promise<Results> {
  if (given.includes('--report')) return writeDocument()
  const parts = partsOf(given)
  const results = await measure(parts)
  if (parts.length === Object.keys(measures).length) {
    writeResults(results)
    return writeDocument()
  }
  for (const part of parts) console.log(partOf(results, part).replace(/^!.*\n\n/gm, ''))
  return results
}

const results = await run(process.argv.slice(2))
for (const { what, failsAbove, measured } of budgetsOf(results).filter(isFailed)) {
  const values = measured.map((value) => value.toFixed(2)).join(', ')
  console.error(`Over the budget: ${what}: ${values || 'not measured'}; at most ${failsAbove}.`)
  process.exitCode = 1
}
