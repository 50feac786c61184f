import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

export interface App {
  /** Files by name; the entry is `main.js`. */
  files: Map<string, Uint8Array>
  /** The files that the entry cannot start without. */
  initial: string[]
}

/** Bundles what a page needs as a site would: minified, split where the code is loaded lazily. */
async function bundle(contents: string): Promise<App> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: here, sourcefile: 'main.js' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/app',
    entryNames: 'main',
    write: false,
    metafile: true,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    // The package as it is published: through its exports, from dist/.
    alias: { 'userengage-analytics-next': fileURLToPath(new URL('../../dist/index.js', import.meta.url)) },
  })
  const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [nameOf(path), output]))
  const initial = new Set<string>()
  const add = (name: string): void => {
    if (initial.has(name)) return
    initial.add(name)
    for (const { path, kind } of outputs.get(name)?.imports ?? []) {
      if (kind === 'import-statement') add(nameOf(path))
    }
  }
  add('main.js')
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [nameOf(path), contents])),
    initial: [...initial],
  }
}

/** The smallest app that sets a contestant up and tracks one event. */
export const bundleSmallest = (id: string): Promise<App> =>
  bundle(`
    import { init, track } from './contestants/${id}.js'
    init('https://collector.example')
    track('Order Completed', { total: 12 })`)

/** The app that the benchmark drives: `bench.start(url)`, then `bench.track(serial, bytes)`. */
export const bundleDriven = (id: string): Promise<App> => bundle(driven(id))

const driven = (id: string): string => `
    import { init, track } from './contestants/${id}.js'
    import { orderOf } from './message.js'
    const calls = []
    window.bench = {
      calls,
      start: init,
      track(serial, bytes) {
        const properties = orderOf(serial, bytes)
        const before = performance.now()
        track('Order Completed', properties)
        const took = performance.now() - before
        calls.push({ serial, took, at: performance.timeOrigin + before })
      },
    }`

/** The driven app with the plugin's own source in place of the published file, and names that people know. */
export async function bundleReadable(id: string, index: string): Promise<{ code: string; map: string }> {
  const { outputFiles } = await build({
    stdin: { contents: driven(id), resolveDir: here, sourcefile: 'main.js' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'external',
    outfile: '/app/main.js',
    write: false,
    logLevel: 'error',
    alias: { 'userengage-analytics-next': index },
  })
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { code: text('main.js'), map: text('main.js.map') }
}
