import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import ts from 'typescript'
import { eagerFunctions } from './scripts/eager-functions.mjs'
import { licences } from './scripts/licences.mjs'
import { rarelyRun } from './scripts/rarely-run.mjs'

const { options } = ts.convertCompilerOptionsFromJson(
  JSON.parse(readFileSync('tsconfig.json', 'utf8')).compilerOptions,
  '.',
)

/** Takes the types out and keeps the comments. `npm test` checks the types. */
const stripTypes = {
  name: 'strip-types',
  transform(code, id) {
    if (!id.endsWith('.ts')) return null
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName: id,
      compilerOptions: { ...options, noEmit: false, sourceMap: true },
    })
    return { code: outputText.replace(/\/\/# sourceMappingURL=.*/, ''), map: sourceMapText }
  },
}

const plugins = [
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js', '.json'] }),
  commonjs(),
  json({ preferConst: true, namedExports: true }),
  stripTypes,
  licences('dist/THIRD-PARTY-NOTICES.txt'),
]

const banner =
  '/*! userengage-analytics-next | MIT | licences of what this file contains: THIRD-PARTY-NOTICES.txt */'

/** Chromium then compiles all functions of a script as it loads it, off the main thread: https://v8.dev/blog/explicit-compile-hints */
const compileHint = '//# allFunctionsCalledOnLoad'

/** What a page loads by a script tag, minified. In ASCII, a page in whatever encoding reads it right. */
const minified = terser({ format: { comments: /^!|^# allFunctionsCalledOnLoad$/, ascii_only: true } })

const root = fileURLToPath(new URL('.', import.meta.url))

/** Whether the module is run as a page starts, or with its first call. */
function runsEarly(id) {
  const path = relative(root, id).replaceAll('\\', '/')
  return /^(lib|protocol)\//.test(path) && !rarelyRun.includes(path)
}

/** The ES module, for bundlers: readable, and with the dependencies that package.json names as imports. */
const esm = {
  input: 'lib/index.ts',
  external: ['idb', 'ky', 'ua-parser-js'],
  plugins: [...plugins, eagerFunctions(runsEarly)],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: 'index.js',
    chunkFileNames: '[name].js',
    sourcemap: true,
    banner: ({ isEntry }) =>
      isEntry
        ? '// What a page runs early stands in parentheses: V8 then compiles it off the main thread. https://v8.dev/blog/preparser#pife'
        : '',
  },
}

const isParser = (id) => id.endsWith('/user-agent-parser.ts')

/** The parser for the script tags, which load it from beside themselves. */
const parser = {
  input: { 'user-agent-parser.min': 'lib/browser/user-agent-parser.ts' },
  plugins,
  output: { dir: 'dist', format: 'es', sourcemap: true, banner, plugins: [minified] },
}

/**
 * In a script of another origin without `crossorigin`, an `import()` has no address to start from: so the script keeps
 * its own. It is tried second, because a bundler that takes in the script moves the parser, and rewrites the plain one.
 */
const besideScript = {
  name: 'beside-script',
  intro: 'const userEngageScript = document.currentScript?.src',
  renderDynamicImport: () => ({
    left: 'import(',
    right: `).catch(() => import(new URL('user-agent-parser.min.js', userEngageScript)))`,
  }),
}

/** A classic script with all it needs, except for the parser. */
const script = (input, file) => ({
  input,
  external: isParser,
  plugins: [...plugins, besideScript],
  output: {
    file,
    format: 'iife',
    inlineDynamicImports: true,
    paths: (id) => (isParser(id) ? './user-agent-parser.min.js' : id),
    sourcemap: true,
    // The hint has to stand at the top.
    banner: `${compileHint}\n${banner}`,
    plugins: [minified],
  },
})

/** The worker that outlives the pages: a classic script, because that is what a bundler copies as it is. */
const worker = {
  input: 'lib/worker.ts',
  plugins,
  output: {
    file: 'dist/userengage-worker.js',
    format: 'iife',
    sourcemap: true,
    banner,
    plugins: [minified],
  },
}

export default [
  esm,
  parser,
  worker,
  script('lib/script-tag.ts', 'dist/userengage.min.js'),
  script('lib/standalone.ts', 'dist/userengage-analytics.min.js'),
]
