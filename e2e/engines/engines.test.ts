import { after, before, describe, test } from 'node:test'
import { type Listening, openAccount, startSandbox } from '../support/sandbox.ts'
import { type Site, startSite } from '../support/site.ts'
import type { Engine } from './engine.ts'
import { findEngines } from './found.ts'
import { scenarios } from './scenarios.ts'

/** In CI, an engine that is missing is a failure. */
const mustHaveAll = Boolean(process.env.ALL_ENGINES)

let sandbox: Listening
let site: Site
before(async () => {
  sandbox = await startSandbox()
  site = await startSite()
})
after(() => {
  sandbox.close()
  site.close()
})

for (const found of findEngines()) {
  if ('missing' in found) {
    test(`${found.name}: ${found.missing}`, { skip: !mustHaveAll }, () => {
      throw new Error(`${found.name} cannot be tested: ${found.missing}.`)
    })
    continue
  }
  describe(`${found.name} (${found.by})`, () => {
    let engine: Engine
    before(async () => {
      engine = await found.start()
    })
    after(() => engine.close())
    for (const [name, play] of Object.entries(scenarios)) {
      test(name, { timeout: 60_000 }, async () => {
        const visitor = await engine.visitor()
        try {
          await play({ visitor, site, account: await openAccount(sandbox.origin) })
        } finally {
          await visitor.leave()
        }
      })
    }
  })
}
