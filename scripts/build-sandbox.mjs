// Builds the content of the package `userengage-sandbox`, in the folders of the repository: the command as plain
// JavaScript, its pages, and the built plugin that the demo shop uses.
// `node scripts/build-sandbox.mjs FOLDER` builds into another folder than `sandbox/build`.
import { execSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const target = process.argv[2] ?? 'sandbox/build'
const { dependencies } = JSON.parse(readFileSync('sandbox/package.json', 'utf8'))

rmSync(target, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: process.cwd(),
  entryPoints: ['sandbox/main.ts'],
  outfile: `${target}/sandbox/main.js`,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: '#!/usr/bin/env node' },
  metafile: true,
  logLevel: 'warning',
})

// All imports must be dependencies of the package: the repository has more packages installed than its users have.
const packageOf = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/')
for (const { path, external } of Object.values(metafile.outputs).flatMap(({ imports }) => imports)) {
  if (external && !path.startsWith('node:') && !Object.hasOwn(dependencies, packageOf(path))) {
    throw new Error(`sandbox/package.json lacks "${packageOf(path)}", which the sandbox imports.`)
  }
}

for (const pages of ['inspector', 'demo']) {
  cpSync(`sandbox/${pages}`, `${target}/sandbox/${pages}`, {
    recursive: true,
    filter: (file) => !file.endsWith('.d.ts'),
  })
}

if (!existsSync('dist/userengage-analytics.min.js')) execSync('npm run --silent build', { stdio: 'inherit' })
for (const file of readdirSync('dist').filter((name) => /\.js$|^integrity\.json$/.test(name))) {
  cpSync(`dist/${file}`, `${target}/dist/${file}`)
}
