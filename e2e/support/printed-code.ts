import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import type { Account } from './sandbox.ts'

/** The modules that a page of the documentation prints, by the file names in their first lines. */
export function printedModules(path: string): Map<string, string> {
  const blocks = readFileSync(path, 'utf8').matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]))
}

/**
 * Bundles printed modules, as they are but for the reader's key and endpoint, with code that imports them.
 *
 * @param entry imports the modules by `./name.js`
 * @param more settings of the plugin that belong to the test
 */
export async function bundlePrinted(
  modules: Map<string, string>,
  entry: string,
  { apiKey, endpoint }: Pick<Account, 'apiKey' | 'endpoint'>,
  more = {},
): Promise<string> {
  const settings = JSON.stringify({ apiKey, endpoint, ...more }).slice(1, -1)
  const printed = "apiKey: 'demo', endpoint: 'http://localhost:4400/api/segment/'"
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), sourcefile: 'entry.js' },
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [
      {
        name: 'printed',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\// }, ({ path, importer, namespace }) => {
            const name = path.slice(2)
            const isPrinted = namespace === 'printed' || importer.endsWith('entry.js')
            return isPrinted && modules.has(name) ? { path: name, namespace: 'printed' } : undefined
          })
          onLoad({ filter: /.*/, namespace: 'printed' }, ({ path }) => ({
            contents: modules.get(path)?.replace(printed, settings) ?? '',
            resolveDir: process.cwd(),
          }))
        },
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}
