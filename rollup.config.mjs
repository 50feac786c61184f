import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { licences } from './scripts/licences.mjs'

/** See "Browsers" in README.md. */
const target = 'es2022'
const parserChunk = 'user-agent-parser.js'

const notice = `/*! userengage-analytics-next | MIT. Contains idb-keyval (Apache-2.0, Jake Archibald). */`
const parserNotice = `/*! userengage-analytics-next | MIT. Contains ua-parser-js 1.0 (MIT, Faisal Salman). */`
const noticeWithAnalytics = `/*! userengage-analytics-next | MIT. Contains idb-keyval (Apache-2.0, Jake Archibald), @segment/analytics-next (MIT, Segment) and what it needs: THIRD-PARTY-NOTICES.txt */`

const plugins = [
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js', '.json'] }),
  commonjs(),
  json({ preferConst: true, namedExports: true }),
  esbuild({ target, tsconfig: 'tsconfig.json' }),
  licences('dist/THIRD-PARTY-NOTICES.txt'),
]
const minify = terser({ ecma: 2022, module: true, compress: { passes: 4 }, format: { comments: /^!/ } })

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
    plugins: [minify],
  },
}

/** A classic script. The parser stays a chunk of its own, which `import()` finds beside the script. */
const script = (input, file, banner) => ({
  input,
  external: (id) => id.endsWith('/user-agent-parser.ts'),
  plugins,
  output: {
    file,
    format: 'iife',
    inlineDynamicImports: true,
    paths: (id) => (id.endsWith('/user-agent-parser.ts') ? `./${parserChunk}` : id),
    sourcemap: true,
    banner,
    plugins: [terser({ ecma: 2022, compress: { passes: 4 }, format: { comments: /^!/ } })],
  },
})

export default [
  esm,
  script('lib/script-tag.ts', 'dist/userengage.min.js', notice),
  script('lib/standalone.ts', 'dist/userengage-analytics.min.js', noticeWithAnalytics),
]
