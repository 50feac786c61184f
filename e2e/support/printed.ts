import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * A block of JavaScript that a page of the documentation prints below a heading, the first by default, bundled as an
 * app's bundler does it, and not changed otherwise. A page has its exports as `window.printed`.
 */
export async function bundlePrinted(path: string, heading: string, index = 0): Promise<string> {
  const [, below = ''] = readFileSync(path, 'utf8').split(new RegExp(`^#+ ${heading}$`, 'm'))
  const code = [...below.matchAll(/^ *```js\n(.*?)^ *```$/gms)][index]?.[1]
  if (code === undefined) throw new Error(`${path} prints no JavaScript below "${heading}".`)
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: 'main.js' },
    bundle: true,
    format: 'iife',
    globalName: 'printed',
    // The plugin looks for its parser beside itself, which the test's browser does not need.
    external: ['ua-parser-js'],
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
