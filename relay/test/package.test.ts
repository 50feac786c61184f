import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'

const folder = mkdtempSync(join(tmpdir(), 'relay-package-'))
const project = join(folder, 'project')
const installed = join(project, 'node_modules/userengage-relay')
const run = (cwd: string, program: string, ...args: string[]) =>
  promisify(execFile)(program, args, { cwd, shell: process.platform === 'win32' })

/** Somebody's project, into which the packed package is installed as from the registry. */
before(async () => {
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const packed = await run('relay', 'npm', 'pack', '--json', '--pack-destination', folder)
  const tarball = /userengage-relay-[\w.-]+\.tgz/.exec(packed.stdout)?.[0] ?? ''
  await run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball))
})
after(() => rmSync(folder, { recursive: true }))

test('it carries readable modules, types and the licence, and no tests; its dependencies have exact versions', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
  for (const file of ['README.md', 'LICENSE', 'build/index.d.ts', 'build/redis.d.ts']) {
    assert.ok(files.includes(join(file)), file)
  }
  assert.deepEqual(
    files.filter((file) => /test|(?<!\.d)\.ts$/.test(file)),
    [],
  )
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.deepEqual(Object.keys(dependencies), ['@hono/node-server', 'ky'])
  for (const version of Object.values(dependencies)) assert.match(String(version), /^\d+\.\d+\.\d+$/)
  assert.match(readFileSync(join(installed, 'build/index.js'), 'utf8'), /\nasync function|\nfunction /)
})

test('it is imported without ioredis and BullMQ, and importing it does nothing', async () => {
  writeFileSync(
    join(project, 'main.js'),
    `const before = Object.keys(globalThis).length
     const { createRelay } = await import('userengage-relay')
     createRelay({ app: 'acme', token: 'secret', origins: ['https://shop.example'] })
     console.log(Object.keys(globalThis).length - before)`,
  )
  assert.equal((await run(project, 'node', 'main.js')).stdout.trim(), '0')
})

test('a bundler leaves out what is not used', async () => {
  const { build } = await import('esbuild')
  const bundle = async (code: string): Promise<string> => {
    const stdin = { contents: code, resolveDir: project }
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      format: 'esm',
      write: false,
      platform: 'neutral',
      mainFields: ['module', 'main'],
    })
    return outputFiles[0]?.text ?? ''
  }
  const small = await bundle(`export { cloudflare } from 'userengage-relay'`)
  assert.ok(small.includes('cf-connecting-ip'))
  assert.ok(!small.includes('update_or_create') && !small.includes('HMAC'), `${small.length} characters`)
})

test('npx starts the command; with --redis it says which packages are missing', async () => {
  const { stdout } = await run(project, 'npx', '--no-install', 'userengage-relay', '--help')
  assert.match(stdout, /--origin ORIGIN/)
  const args = ['--app', 'acme', '--origin', 'https://shop.example', '--redis', 'redis://127.0.0.1:9']
  const command = promisify(execFile)('npx', ['--no-install', 'userengage-relay', ...args], {
    cwd: project,
    env: { ...process.env, USERCOM_TOKEN: 'x' },
  })
  await assert.rejects(command, /npm install ioredis bullmq/)
})
