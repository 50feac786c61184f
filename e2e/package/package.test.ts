import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { installPacked } from './packed.ts'

const project = installPacked()
const installed = join(project, 'node_modules/userengage-analytics-next')
const fileOf = (name: string): string => readFileSync(join(installed, name), 'utf8')
const scripts = ['index.js', 'user-agent-parser.js', 'userengage.min.js', 'userengage-analytics.min.js']

test('the package contains these files, and no other', () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(installed.length + 1))
  const built = [...scripts.flatMap((name) => [name, `${name}.map`]), 'index.d.ts', 'integrity.json']
  const expected = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
    'dist/THIRD-PARTY-NOTICES.txt',
    ...built.map((name) => `dist/${name}`),
  ]
  assert.deepEqual(files.sort(), expected.sort())
})

test('no dependency is installed with the package', () => {
  const { dependencies, peerDependenciesMeta } = JSON.parse(fileOf('package.json'))
  assert.equal(dependencies, undefined)
  assert.equal(peerDependenciesMeta['@segment/analytics-next'].optional, true)
})

for (const [name, options] of [
  ['node16', { module: 'node16', moduleResolution: 'node16' }],
  ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
] as const) {
  test(`its types compile under "${name}", without Analytics.js, with its own declarations checked too`, () => {
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(project, 'app.ts'),
      `import { audienceTraits, toProfile, userEngage, type Message, type UserEngageSettings } from 'userengage-analytics-next'
       const settings: UserEngageSettings = { apiKey: 'k', endpoint: 'https://e.example/', onDropped: (m: Message, { reason }) => void [m, reason] }
       const plugin = userEngage(settings)
       const settled: Promise<boolean> = plugin.flush()
       const profile: string | undefined = toProfile({ context: { locale: 'en' } }).language
       export { settled, profile, audienceTraits }
       // @ts-expect-error: an endpoint is required
       userEngage({ apiKey: 'k' })`,
    )
    const compilerOptions = {
      ...options,
      target: 'es2022',
      lib: ['es2022', 'dom'],
      strict: true,
      noEmit: true,
      types: [],
    }
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: ['app.ts'] }),
    )
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    execFileSync(process.execPath, [tsc, '--project', project], { encoding: 'utf8', stdio: 'pipe' })
  })
}

for (const [bundler, bundle] of [
  [
    'esbuild',
    async (entry: string): Promise<string> => {
      const { outputFiles } = await build({
        entryPoints: [entry],
        entryNames: 'entry',
        bundle: true,
        write: false,
        format: 'esm',
        splitting: true,
        outdir: 'out',
        logLevel: 'silent',
      })
      return outputFiles.find(({ path }) => path.endsWith('entry.js'))?.text ?? ''
    },
  ],
  [
    'rollup',
    async (entry: string): Promise<string> => {
      const resolve = (await import('@rollup/plugin-node-resolve')).default
      const bundled = await rollup({ input: entry, plugins: [resolve({ browser: true })] })
      const { output } = await bundled.generate({ format: 'es' })
      return output[0].code
    },
  ],
] as const) {
  test(`${bundler} drops an import that is not used`, async () => {
    const entry = (name: string, code: string): string => {
      writeFileSync(join(project, name), code)
      return join(project, name)
    }
    const unused = await bundle(
      entry('unused.js', `import 'userengage-analytics-next'; export const mine = 1`),
    )
    assert.ok(unused.length < 300, `${unused.length} characters`)
    const plugin = await bundle(entry('plugin.js', `export { userEngage } from 'userengage-analytics-next'`))
    assert.ok(plugin.includes('keepalive'))
  })
}

test('the README states the size of each file', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const name of scripts) {
    const [, said] = readme.match(new RegExp(`^\\| \`${name}\`.*?\\| (\\d+) KB`, 'm')) ?? []
    const size = gzipSync(fileOf(`dist/${name}`), { level: 9 }).length
    assert.equal(Number(said), Math.ceil(size / 1024), `${name} has ${size} bytes`)
  }
})

test('every source map names and contains its sources', () => {
  for (const name of scripts) {
    const map = JSON.parse(fileOf(`dist/${name}.map`)) as {
      sources: string[]
      sourcesContent: (string | null)[]
    }
    assert.match(
      fileOf(`dist/${name}`),
      new RegExp(`//# sourceMappingURL=${name.replaceAll('.', '\\.')}\\.map`),
    )
    assert.ok(map.sources.length > 0)
    assert.equal(map.sourcesContent.length, map.sources.length)
    for (const [index, source] of map.sources.entries()) {
      assert.ok(map.sourcesContent[index], `${name}: ${source} has no content`)
      if (!source.includes('/lib/')) continue
      assert.ok(existsSync(join('dist', dirname(source))), source)
    }
  }
})

test('every file is ES2022, as the README says', () => {
  assert.match(readFileSync('README.md', 'utf8'), /ES2022/)
  for (const name of scripts) {
    const sourceType = name.includes('.min.') ? 'script' : 'module'
    parse(fileOf(`dist/${name}`), { ecmaVersion: 2022, sourceType })
    assert.throws(() => parse('await using x = y', { ecmaVersion: 2022, sourceType }))
  }
})

test('the module and its plugin do nothing in Node', () => {
  const code = `
    const before = Object.keys(globalThis).join()
    const { userEngage } = await import('userengage-analytics-next')
    const plugin = userEngage({ apiKey: 'k', endpoint: 'https://e.example/' })
    const context = { event: { type: 'track' } }
    await plugin.load({}, {})
    if (plugin.track(context) !== context || !(await plugin.flush())) throw new Error('not inert')
    if (Object.keys(globalThis).join() !== before) throw new Error('a global was added')
    console.log(JSON.stringify(plugin.stats()))`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: project,
    encoding: 'utf8',
  })
  assert.deepEqual(JSON.parse(said), { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
})
