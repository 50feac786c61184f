// The sizes that design and README promise, in gzip. 1 KB is 1,024 bytes.
const limit = (kilobytes) => `${kilobytes * 1024} B`

/** A script tag, or the worker, is loaded as it is. */
const script = (file, kilobytes) => ({
  name: file,
  path: `dist/${file}`,
  disablePlugins: ['@size-limit/esbuild'],
  gzip: true,
  limit: limit(kilobytes),
})

export default [
  {
    name: 'import { userEngage }, bundled with ky and idb, without what is loaded lazily',
    path: 'dist/index.js',
    import: '{ userEngage }',
    ignore: ['*/user-agent-parser.js'],
    modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', target: 'es2022' }),
    gzip: true,
    limit: limit(30),
  },
  script('userengage.min.js', 30),
  script('userengage-analytics.min.js', 65),
  script('userengage-worker.js', 19),
]
