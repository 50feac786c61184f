import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { frameworkModules } from './support/framework-modules.ts'

const root = process.cwd()
/** Run by tests of its own (`sandbox/test/docs.test.ts`), or generated. */
const others = ['docs/sandbox.md', 'docs/api.md']
const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith('.md') && !others.includes(path),
)
/** For those who change the code. */
const contributors = [
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`),
]
const textOf = (path: string): string => readFileSync(path, 'utf8')

/** The names that the blocks of a page take for granted: of the page, and of the consent tools. */
const around = `
interface WindowEventMap {
  OneTrustGroupsUpdated: CustomEvent<string[]>
}
interface Window {
  OneTrust?: { IsAlertBoxClosed?(): boolean }
  OnetrustActiveGroups?: string
  dataLayer: any[]
}
declare const analytics: import('@segment/analytics-next').AnalyticsBrowser
declare const plugin: import('userengage-analytics-next').UserEngagePlugin
`

/** The JavaScript and TypeScript of a page, each block as a file of its own: by the name in its first line, or by its number. */
function blocksOf(path: string): [name: string, code: string][] {
  const found = [...textOf(path).matchAll(/^ *```([jt]s)x?\n(?:\/\/ ([\w-]+\.js)\n)?(.*?)^ *```$/gms)]
  return found.map(([, language, name, code = ''], index) => [
    join(root, 'docs', path.replace(/\W/g, '-'), name ?? `${index}.${language}`),
    `${code}\nexport {}`,
  ])
}

test('the code on every page compiles against the types of the package', () => {
  const files = new Map([
    ...pages.flatMap(blocksOf),
    [join(root, 'docs/around.d.ts'), around],
    [join(root, 'docs/frameworks.d.ts'), frameworkModules],
  ])
  assert.ok(files.size > 5)
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    // It is JavaScript: parameters have no types.
    noImplicitAny: false,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
    paths: {
      'userengage-analytics-next': [join(root, 'lib/index.ts')],
      'userengage-relay': [join(root, 'relay/index.ts')],
      'userengage-relay/redis': [join(root, 'relay/redis.ts')],
    },
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  // The folders of the pages do not exist; without this, no block would find another.
  delete host.directoryExists
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name)
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const wrong = ts.getPreEmitDiagnostics(program).filter(({ file }) => !file || files.has(file.fileName))
  assert.equal(ts.formatDiagnostics(wrong, { ...host, getNewLine: () => '\n' }), '')
})

for (const path of [...pages, ...contributors, ...others.filter(existsSync)]) {
  test(`what ${path} links to is there`, () => {
    const links = [...textOf(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link)
    const missing = links.filter((link) => !existsSync(resolve(dirname(path), link)))
    assert.deepEqual(missing, [])
  })
}

for (const path of [...contributors, 'docs/architecture.md', '.github/renovate.json']) {
  test(`the files and folders that ${path} names are there`, () => {
    const folder = 'lib|protocol|sandbox|test|e2e|scripts|docs|bench|examples'
    const named = textOf(path).matchAll(
      new RegExp(`(?<![\\w/.-])(?:(?:${folder})/|\\.github/|\\.nvmrc|CHANGELOG)[\\w./-]*(?<!\\.)`, 'g'),
    )
    const missing = [...named].map(([name]) => name).filter((name) => !existsSync(name))
    assert.deepEqual(missing, [])
  })
}

test('every npm script that a page or a workflow names is one', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const workflows = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`)
  const named = [...pages, ...contributors, ...workflows].flatMap((path) =>
    [...textOf(path).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name),
  )
  assert.ok(named.length > 10)
  assert.deepEqual(
    named.filter((name) => !(name in scripts)),
    [],
  )
})

test('CONTRIBUTING.md has every npm script that people run', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const byNpm = /^(pre|post)/
  const elsewhere = ['start', 'build', 'test', 'sandbox', 'bench:sandbox']
  const text = textOf('CONTRIBUTING.md')
  const missing = Object.keys(scripts).filter(
    (name) => !byNpm.test(name) && !elsewhere.includes(name) && !text.includes(`npm run ${name}\``),
  )
  assert.deepEqual(missing, [])
})

test('docs/api.md says what the docstrings say: `npm run docs` writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'))
  const { status, stdout } = spawnSync('npx', ['--no-install', 'typedoc', '--out', folder], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout)
  assert.equal(textOf('docs/api.md'), textOf(join(folder, 'api.md')))
  rmSync(folder, { recursive: true })
})
