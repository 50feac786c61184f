import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { licences } from './scripts/licences.mjs'

/** See "Browsers" in README.md. */
const target = 'es2022'
const parserChunk = 'user-agent-parser.js'

const notice = `/*! userengage-analytics-next, MIT; with idb-keyval (Apache-2.0) */`
const parserNotice = `/*! userengage-analytics-next | MIT. Contains ua-parser-js 1.0 (MIT, Faisal Salman). */`
const noticeWithAnalytics = `/*! userengage-analytics-next | MIT. Contains idb-keyval (Apache-2.0, Jake Archibald), @segment/analytics-next (MIT, Segment) and what it needs: THIRD-PARTY-NOTICES.txt */`

const plugins = [
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js', '.json'] }),
  commonjs(),
  json({ preferConst: true, namedExports: true }),
  esbuild({ target, tsconfig: 'tsconfig.json' }),
  licences('dist/THIRD-PARTY-NOTICES.txt'),
]
// Functions that are written out where they are called repeat less than before, which costs gzip more than it saves.
// In ASCII, a page in whatever encoding reads them right.
const minified = {
  ecma: 2022,
  compress: { passes: 3, inline: 1 },
  format: { comments: /^!/, ascii_only: true },
}

/**
 * Names of fields and methods that nobody outside sees: not the page, the site, Analytics.js, nor what is sent, stored, or
 * said to other tabs. The ES module has short ones in their place.
 */
const internalNames = `
  adopt adopted attach attempts begin complete connection damaged database detach erase evicted
  expected expendable expires finish fits forget gathered giveUp hasHeirOf holds ignore isForUs
  isForgotten isOffline isOurs journal journaled keep kind leave letGo log maxAgeMs misconfigured note
  objection online others phase release restore retryAfterMs retrying save seen sequence serverWait settle
  settled soon stored send stop take time unansweredAt unreadable unsettled used waiting watch write`
  .trim()
  .split(/\s+/)

const minifiedModule = {
  ...minified,
  module: true,
  compress: { ...minified.compress, unsafe_arrows: true, pure_getters: true },
  mangle: { properties: { builtins: true, regex: new RegExp(`^(${internalNames.join('|')})$`) } },
}

/** What is declared by one word packs better than by two. No `const` is assigned to: the compiler has seen to that. */
const letOnly = {
  name: 'let-only',
  renderChunk: (code) => ({ code: code.replace(/\bconst(?= [\w$[{])/g, 'let  '), map: null }),
}

const esm = {
  input: 'lib/index.ts',
  plugins,
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: 'index.js',
    chunkFileNames: parserChunk,
    sourcemap: true,
    banner: ({ isEntry }) => (isEntry ? notice : parserNotice),
    plugins: [letOnly, terser(minifiedModule)],
  },
}

/**
 * In a script of another origin without `crossorigin`, an `import()` is told no address to start from: so the script
 * keeps its own. Tried second, as a bundler that takes in the script moves the parser, and rewrites the plain one.
 */
const besideScript = {
  name: 'beside-script',
  intro: 'const userEngageScript = document.currentScript?.src',
  renderDynamicImport: () => ({
    left: 'import(',
    right: `).catch(() => import(new URL('${parserChunk}', userEngageScript)))`,
  }),
}

/** A classic script. The parser stays a chunk of its own, which `import()` finds beside the script. */
const script = (input, file, banner) => ({
  input,
  external: (id) => id.endsWith('/user-agent-parser.ts'),
  plugins: [...plugins, besideScript],
  output: {
    file,
    format: 'iife',
    inlineDynamicImports: true,
    paths: (id) => (id.endsWith('/user-agent-parser.ts') ? `./${parserChunk}` : id),
    sourcemap: true,
    banner,
    plugins: [terser(minified)],
  },
})

export default [
  esm,
  script('lib/script-tag.ts', 'dist/userengage.min.js', notice),
  script('lib/standalone.ts', 'dist/userengage-analytics.min.js', noticeWithAnalytics),
]
