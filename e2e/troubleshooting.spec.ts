import { readFileSync } from 'node:fs'
import { expect, test } from './support/fixtures.ts'
import { dataTroubles } from './support/troubles/data.ts'
import { droppedTroubles } from './support/troubles/dropped.ts'
import { setUpTroubles } from './support/troubles/set-up.ts'
import { silentTroubles } from './support/troubles/silent.ts'
import type { Scenario } from './support/troubles/trouble.ts'

// Every row of docs/troubleshooting.md is produced, and what the console then says is what the row says.

const [, table = ''] =
  /^\| you see .*\n.*\n((?:\|.*\n)+)/m.exec(readFileSync('docs/troubleshooting.md', 'utf8')) ?? []
const rows = table
  .trimEnd()
  .split('\n')
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  .map(([symptom = '', then = '']) => ({ symptom, then }))

const scenarios: Record<string, Scenario> = {
  ...setUpTroubles,
  ...silentTroubles,
  ...droppedTroubles,
  ...dataTroubles,
}

/** Text as a reader sees it. */
const plain = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')

/** The words that a row says to be on the console. */
const quoted = (symptom: string): string[] =>
  /console|dropped:|a line says|answered|must be|Failed/.test(symptom)
    ? [...symptom.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words)
    : []

test('each row of the page has a scenario, and each scenario a row', () => {
  expect(rows.map(({ symptom }) => symptom).sort()).toEqual(Object.keys(scenarios).sort())
})

for (const { symptom, then } of rows) {
  test(`troubleshooting: ${plain(symptom)}`, async ({ page, context, site, account, errors, shop }) => {
    const said: string[] = []
    context.on('console', (line) => void said.push(line.text()))
    page.on('pageerror', ({ message }) => void said.push(message))
    const row = plain(`${symptom}: ${then}`)
    const shopWithDebug = (settings = {}): string => shop({ debug: true, ...settings })
    const words = await scenarios[symptom]?.({
      page,
      context,
      site,
      account,
      shop: shopWithDebug,
      async openShop(settings) {
        await page.goto(shopWithDebug(settings))
        await page.waitForFunction(() => window.plugin !== undefined)
        return page
      },
      said,
      row,
    })
    const onConsole = [...quoted(symptom), ...(words ?? [])]
    for (const each of onConsole) {
      expect(row).toContain(each)
      expect(said.join('\n')).toContain(each)
    }
    // Where the console has a part in a row, the browser or the plugin logs errors.
    if (onConsole.length > 0) errors.splice(0)
  })
}
