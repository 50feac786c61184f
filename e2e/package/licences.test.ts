import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import resolve from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import { licences, mayShip } from '../../scripts/licences.mjs'

interface Lock {
  packages: Record<
    string,
    { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }
  >
}

test('the notices name every package in the bundles, with its licence', () => {
  const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8')
  for (const name of [
    'idb',
    'ky',
    'ua-parser-js',
    '@segment/analytics-next',
    '@segment/analytics-core',
    'tslib',
  ]) {
    assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, (MIT|ISC|0BSD)$`, 'm'))
  }
  assert.match(notices, /Permission is hereby granted/)
  for (const file of ['user-agent-parser.min.js', 'userengage.min.js', 'userengage-analytics.min.js']) {
    assert.match(
      readFileSync(`dist/${file}`, 'utf8'),
      /^(\/\/# allFunctionsCalledOnLoad\n)?\/\*!.*THIRD-PARTY-NOTICES\.txt/,
      file,
    )
  }
})

test('the module contains no package, and each of its dependencies has an allowed licence', () => {
  const { sources } = JSON.parse(readFileSync('dist/index.js.map', 'utf8')) as { sources: string[] }
  assert.deepEqual(
    sources.filter((source) => source.includes('node_modules')),
    [],
  )
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) {
    const { license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
      license: string
    }
    assert.ok(mayShip({ license, licenseText: null }), `${name}: ${license}`)
  }
})

for (const [license, passes] of [
  ['AGPL-3.0-or-later', false],
  ['UNLICENSED', false],
  ['GPL-2.0 OR LGPL-3.0', false],
  ['(WTFPL OR MIT)', true],
  ['Apache-2.0', true],
] as const) {
  test(`a build with a package under ${license} ${passes ? 'passes' : 'fails'}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'licence-'))
    const dependency = join(folder, 'node_modules/ua-parser-js')
    mkdirSync(dependency, { recursive: true })
    writeFileSync(
      join(dependency, 'package.json'),
      JSON.stringify({ name: 'ua-parser-js', version: '2.0.0', license, type: 'module', main: 'index.js' }),
    )
    writeFileSync(join(dependency, 'index.js'), 'export const parse = () => navigator.userAgent')
    writeFileSync(join(folder, 'app.js'), `export { parse } from 'ua-parser-js'`)
    const bundle = await rollup({
      input: join(folder, 'app.js'),
      plugins: [resolve(), licences(join(folder, 'notices.txt'))],
      onwarn() {},
    })
    const building = bundle.generate({ format: 'es' })
    if (passes) await building
    else await assert.rejects(building, /license/)
    assert.equal(existsSync(join(folder, 'notices.txt')), passes)
    rmSync(folder, { recursive: true })
  })
}

test('all dependencies of the sandbox have an allowed licence', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  const found = new Set<string>()
  const follow = (name: string): void => {
    const path = `node_modules/${name}`
    if (found.has(path) || !packages[path]) return
    found.add(path)
    const { dependencies = {}, optionalDependencies = {} } = packages[path]
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(follow)
  }
  Object.keys(packages.sandbox?.dependencies ?? {}).forEach(follow)
  assert.ok(found.size >= 4)
  for (const path of found) {
    // Packages for other platforms are not installed here.
    if (!existsSync(path)) continue
    const { license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { license: string }
    const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name))
    const licenseText = file ? readFileSync(join(path, file), 'utf8') : ''
    assert.ok(mayShip({ license, licenseText }), `${path}: ${license}`)
  }
})
