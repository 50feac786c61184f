// `npm run dev`: builds the plugin whenever one of its files changes, and runs the sandbox, whose demo shop then reloads.
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { watch } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'
import { createApp } from '../../sandbox/app.ts'
import { openStore } from '../../sandbox/database/store.ts'
import { defaultData } from '../../sandbox/default-data.ts'
import { readOptions } from '../../sandbox/options.ts'
import { reloadingDemo } from './reloading-demo.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  await develop()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function develop(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  const store = openStore(options.data ?? defaultData())
  const { app, reload } = reloadingDemo(createApp(store, root))
  const origin = await listen(app.fetch, options.port, options.host ?? '127.0.0.1')
  await rebuildOnChange(() => {
    console.log(`Built. The demo shop is at ${origin}/demo/, the inspector at ${origin}/`)
    reload()
  })
}

function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  port: number,
  hostname: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (address) => resolve(`http://localhost:${address.port}`))
    server.on('error', (error: Error) =>
      reject(
        new Error(`Cannot listen on port ${port}: ${error.message}. Choose another, as with --port 4401.`),
      ),
    )
  })
}

async function rebuildOnChange(built: () => void): Promise<void> {
  const { options, warnings } = await loadConfigFile(`${root}/rollup.config.mjs`, {})
  warnings.flush()
  const failures = new Set<string>()
  watch(options).on('event', (event) => {
    if (event.code === 'START') failures.clear()
    if (event.code === 'BUNDLE_END') void event.result.close()
    // Each of the three files fails at the same place: one line is enough.
    if (event.code === 'ERROR' && !failures.has(event.error.message)) {
      failures.add(event.error.message)
      console.error(`The build failed: ${event.error.message}`)
    }
    // Rollup ends a round that failed in the same way as one that went well.
    if (event.code === 'END' && failures.size === 0) built()
  })
}
