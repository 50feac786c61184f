// Builds what the package `userengage-relay` carries: readable ES modules and their types. Its dependencies stay its own.
// `node scripts/build-relay.mjs FOLDER` builds into another folder than `relay/build`.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generateDtsBundle } from 'dts-bundle-generator'
import { build } from 'esbuild'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const target = process.argv[2] ?? 'relay/build'
const { dependencies, peerDependencies } = JSON.parse(readFileSync('relay/package.json', 'utf8'))
const doors = ['index', 'redis']

rmSync(target, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: process.cwd(),
  entryPoints: [...doors, 'command'].map((name) => `relay/${name}.ts`),
  outdir: target,
  bundle: true,
  splitting: true,
  chunkNames: 'shared-[hash]',
  packages: 'external',
  platform: 'neutral',
  format: 'esm',
  target: 'es2022',
  metafile: true,
  logLevel: 'warning',
})

// Whatever it imports must come with the package, and what a page's relay needs runs without Node.
const packageOf = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/')
for (const [file, { imports }] of Object.entries(metafile.outputs)) {
  for (const { path, external } of imports.filter((one) => one.external && !one.path.startsWith('node:'))) {
    if (external && !Object.hasOwn({ ...dependencies, ...peerDependencies }, packageOf(path))) {
      throw new Error(`relay/package.json lacks "${packageOf(path)}", which ${file} imports.`)
    }
  }
}

const command = `${target}/command.js`
writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`)
chmodSync(command, 0o755)

for (const door of doors) {
  const [declarations] = generateDtsBundle(
    [{ filePath: `relay/${door}.ts`, output: { noBanner: true, exportReferencedTypes: false } }],
    { preferredConfigPath: 'tsconfig.node.json' },
  )
  writeFileSync(`${target}/${door}.d.ts`, declarations)
}
