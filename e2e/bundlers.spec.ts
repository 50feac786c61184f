import { readFile } from 'node:fs/promises'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { type Bundle, serveBundle } from './support/bundle-site.ts'
import { expect, test } from './support/fixtures.ts'
import { watchWorker } from './support/worker.ts'

const entry = 'e2e/support/bundled-app.js'
const workerFile = 'userengage-worker.js'

async function byEsbuild(format: 'esm' | 'iife'): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { main: entry },
    bundle: true,
    splitting: format === 'esm',
    format,
    outdir: '/',
    write: false,
    // It says that import.meta is empty in other formats than "esm".
    logLevel: 'error',
  })
  return Object.fromEntries(outputFiles.map(({ path, text }) => [path.split(/[/\\]/).at(-1), text]))
}

async function byRollup(): Promise<Bundle> {
  const plugins = [resolve({ browser: true }), commonjs()]
  const bundled = await rollup({ input: { main: entry }, plugins, onwarn() {} })
  const { output } = await bundled.generate({ format: 'es' })
  return Object.fromEntries(
    output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])),
  )
}

for (const { name, bundle, workerUrl, isFound } of [
  { name: 'esbuild, as ES modules', bundle: () => byEsbuild('esm'), isFound: true },
  { name: 'Rollup', bundle: byRollup, isFound: true },
  { name: 'esbuild, as a classic script', bundle: () => byEsbuild('iife'), isFound: false },
  {
    name: 'esbuild, as a classic script with workerUrl',
    bundle: () => byEsbuild('iife'),
    workerUrl: `/assets/${workerFile}`,
    isFound: true,
  },
]) {
  test(`${name}: the worker beside the bundle is ${isFound ? '' : 'not '}found`, async ({
    page,
    account,
  }) => {
    const files: Bundle = { ...(await bundle()), [workerFile]: await readFile(`dist/${workerFile}`, 'utf8') }
    expect(Object.keys(files).filter((file) => file.includes('worker'))).toEqual([workerFile])
    const { apiKey, endpoint } = account
    const server = await serveBundle(files, { apiKey, endpoint, workerUrl })
    await watchWorker(page)
    await page.goto(server.origin)
    await expect.poll(account.events).toEqual(['page'])
    if (isFound) await page.waitForFunction(() => window.isWorkerReady)
    else {
      // The page has had its idle moment, in which it would have made one.
      await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
      expect(await page.evaluate(() => window.isWorkerReady)).toBeUndefined()
    }
    server.close()
  })
}
