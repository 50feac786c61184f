import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import { parse } from 'acorn'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { installPacked } from './packed.ts'

const project = installPacked()
const installed = join(project, 'node_modules/userengage-analytics-next')
const fileOf = (name: string): string => readFileSync(join(installed, name), 'utf8')
const modules = ['index.js', 'user-agent-parser.js']
const minified = [
  'user-agent-parser.min.js',
  'userengage.min.js',
  'userengage-analytics.min.js',
  'userengage-worker.js',
]
const scripts = [...modules, ...minified]
const tags = ['userengage.min.js', 'userengage-analytics.min.js']

const packed = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => join(file.parentPath, file.name).slice(installed.length + 1))

test('the package contains these files, and no other', () => {
  const built = [...scripts.flatMap((name) => [name, `${name}.map`]), 'index.d.ts', 'integrity.json']
  const expected = [
    // What the README links to.
    ...execFileSync('git', ['ls-files', 'docs', 'examples'], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => name && name !== 'examples/package-lock.json' && existsSync(name)),
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'LICENSE',
    'README.md',
    'package.json',
    'dist/THIRD-PARTY-NOTICES.txt',
    ...built.map((name) => `dist/${name}`),
  ]
  assert.deepEqual(packed.sort(), expected.sort())
})

/** What the links and pictures of a packed page lead to, within the package. */
const targetsIn = (page: string): string[] =>
  [...fileOf(page).matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, link = '']) =>
    join(dirname(page), link).replace(/\/$/, ''),
  )

for (const page of packed.filter((name) => name.endsWith('.md'))) {
  test(`where the package is shown without the repository, the links of its ${page} lead to what is packed`, () => {
    const isPacked = (target: string): boolean =>
      packed.some((name) => name === target || name.startsWith(`${target}/`))
    assert.deepEqual(
      targetsIn(page).filter((target) => !isPacked(target)),
      [],
    )
  })
}

test('ky, idb and ua-parser-js are dependencies, which the module imports; Analytics.js is optional', () => {
  const { dependencies, peerDependenciesMeta } = JSON.parse(fileOf('package.json'))
  assert.deepEqual(Object.keys(dependencies).sort(), ['idb', 'ky', 'ua-parser-js'])
  assert.equal(peerDependenciesMeta['@segment/analytics-next'].optional, true)
  const imported = modules.flatMap((name) =>
    [...fileOf(`dist/${name}`).matchAll(/^import .* from '([^'.][^']*)'/gm)].map(([, from]) => from),
  )
  assert.deepEqual(imported.sort(), ['idb', 'ky', 'ua-parser-js'])
})

test('a dependency cannot become a version whose licence or oldest Node.js is another', () => {
  const { dependencies } = JSON.parse(fileOf('package.json'))
  assert.match(dependencies.ky, /^~1\.14\./)
  assert.match(dependencies['ua-parser-js'], /^[\^~]1\./)
})

test('the module is readable: it has the comments and the names of lib/, and is not minified', () => {
  const code = fileOf('dist/index.js')
  const source = readFileSync('lib/delivery/gate.ts', 'utf8')
  const [, why = ''] = /\/\*\* (The gate after an outcome\.) \*\//.exec(source) ?? []
  assert.ok(why && code.includes(why))
  assert.match(code, /^export \{ audienceTraits, toProfile, userEngage/m)
  // In parentheses, so that V8 compiles it off the main thread: docs/decisions/0010-compiled-off-the-main-thread.md
  assert.match(code, /^const nextGate = \(function nextGate\(/m)
  const longest = Math.max(...code.split('\n').map((line) => line.length))
  assert.ok(longest < 500, `a line has ${longest} characters`)
})

test('the script tags begin with the hint by which Chromium compiles them as it loads them', () => {
  for (const name of ['userengage.min.js', 'userengage-analytics.min.js']) {
    assert.match(fileOf(`dist/${name}`), /^\/\/# allFunctionsCalledOnLoad\n/, name)
  }
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
      `import { audienceTraits, toProfile, userEngage } from 'userengage-analytics-next'
       import type { Message, QueueSettings, UserEngageSettings } from 'userengage-analytics-next'
       const settings: UserEngageSettings = { apiKey: 'k', endpoint: 'https://e.example/', onDropped: (m: Message, { reason }) => void [m, reason] }
       const plugin = userEngage(settings)
       const settled: Promise<boolean> = plugin.flush()
       const profile: string | undefined = toProfile({ context: { locale: 'en' } }).language
       export { settled, profile, audienceTraits }
       // @ts-expect-error: an endpoint is required
       userEngage({ apiKey: 'k' })
       declare const variable: string | undefined
       userEngage({ enabled: Boolean(variable), apiKey: variable, endpoint: variable })
       userEngage({ enabled: false })
       // @ts-expect-error: a key that may be missing needs \`enabled\`
       userEngage({ apiKey: variable, endpoint: 'https://e.example/' })
       // Each optional setting may be \`undefined\`, as what a site reads from its own options may be.
       type Optional<S> = { [K in keyof S]-?: {} extends Pick<S, K> ? K : never }[keyof S]
       type Stricter<S> = { [K in Optional<S>]: undefined extends Required<S>[K] ? never : K }[Optional<S>]
       const none: [Stricter<UserEngageSettings>, Stricter<QueueSettings>] extends [never, never] ? true : never = true
       export { none }`,
    )
    const compilerOptions = {
      ...options,
      target: 'es2022',
      lib: ['es2022', 'dom'],
      strict: true,
      exactOptionalPropertyTypes: true,
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
      const bundled = await rollup({ input: entry, plugins: [resolve({ browser: true }), commonjs()] })
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

/** What a site loads at start for `import { userEngage }`, with the dependencies, in bytes of gzip. */
async function sizeOfImport(): Promise<number> {
  writeFileSync(join(project, 'site.js'), `export { userEngage } from 'userengage-analytics-next'`)
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: ['site.js'],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const atStart = new Set<string>()
  const follow = (path: string): void => {
    if (atStart.has(path)) return
    atStart.add(path)
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') follow(next)
    }
  }
  follow('out/site.js')
  return outputFiles
    .filter(({ path }) => [...atStart].some((name) => path.endsWith(name)))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
}

test('the README states what a site pays', async () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const [name, size] of [
    ['import { userEngage }', await sizeOfImport()],
    ...minified.map((file): [string, number] => [
      file,
      gzipSync(fileOf(`dist/${file}`), { level: 9 }).length,
    ]),
  ] as [string, number][]) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? ''
    const [, stated] = /\| (\d+) KB/.exec(row) ?? []
    assert.equal(Number(stated), Math.ceil(size / 1024), `${name} has ${size} bytes`)
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
    assert.ok(
      map.sources.some((source) => source.includes('/lib/')),
      `${name} leads to no file of lib/`,
    )
    assert.equal(map.sourcesContent.length, map.sources.length)
    for (const [index, source] of map.sources.entries()) {
      assert.ok(map.sourcesContent[index], `${name}: ${source} has no content`)
      if (!/\/(lib|protocol)\//.test(source) || source.includes('node_modules')) continue
      assert.ok(existsSync(join('dist', source)), source)
    }
  }
})

test('every file is ES2022, as the README says', () => {
  assert.match(readFileSync('README.md', 'utf8'), /ES2022/)
  for (const name of scripts) {
    const sourceType = tags.includes(name) ? 'script' : 'module'
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
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: project,
    encoding: 'utf8',
  })
  assert.deepEqual(JSON.parse(output), { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
})

test('CommonJS requires the module, as docs/frameworks.md shows', () => {
  const page = readFileSync('docs/frameworks.md', 'utf8')
  const [, code = ''] = /```js\n\/\/ server\.cjs\n(.*?)```/s.exec(page) ?? []
  writeFileSync(join(project, 'server.cjs'), `${code}\nconsole.log(typeof toProfile)`)
  const said = execFileSync(process.execPath, ['server.cjs'], { cwd: project, encoding: 'utf8' })
  assert.equal(said, 'function\n')
})

test('the lines for a CDN name this version, and a file of it with a hash', () => {
  const { version } = JSON.parse(fileOf('package.json')) as { version: string }
  const hashes = JSON.parse(fileOf('dist/integrity.json')) as Record<string, string>
  const lines = readFileSync('docs/frameworks.md', 'utf8').matchAll(
    /jsdelivr\.net\/npm\/userengage-analytics-next@(.*?)\/dist\/(.*?)["'].*?integrity ?= ?["'](.*?)["']/gs,
  )
  const found = [...lines].map(([, ...parts]) => parts)
  assert.equal(found.length, 2)
  for (const [named, file = '', hash = ''] of found) {
    assert.equal(named, version)
    assert.ok(file in hashes, file)
    assert.match(hash, /^sha384-[\w+/]{64}$/)
  }
})
