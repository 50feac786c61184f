import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { build, copies, isThere, last, readDockerfile } from './support/dockerfile.ts'
import { freePort } from './support/redis-server.ts'

const stages = readDockerfile('relay/Dockerfile')
const image = stages.at(-1)
const { devDependencies, engines } = JSON.parse(readFileSync('relay/package.json', 'utf8'))

test('it copies what is there, and installs the versions that are tested', () => {
  const sources = stages
    .flatMap(({ steps }) => steps.filter(({ instruction }) => instruction === 'COPY'))
    .flatMap(({ text }) => (copies(text).from ? [] : copies(text).sources))
  assert.ok(sources.length > 5)
  for (const source of sources) assert.ok(isThere('.', source), source)
  for (const name of ['ioredis', 'bullmq'])
    assert.match(last(image, 'RUN'), new RegExp(` ${name}@${devDependencies[name]}( |$)`))
  const [, major] = /^FROM node:(\d+)/m.exec(readFileSync('relay/Dockerfile', 'utf8')) ?? []
  assert.ok(Number(major) >= Number(/\d+/.exec(engines.node)?.[0]))
  assert.equal(last(image, 'USER'), 'node', 'nobody needs root')
})

test('built by hand, it starts, is well by its own check, and ends on SIGTERM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-image-'))
  after(() => rmSync(folder, { recursive: true }))
  const directory = build(stages, resolve('.'), folder)
  const [program = '', ...words] = JSON.parse(last(image, 'ENTRYPOINT')) as string[]
  const port = String(await freePort())
  const env = { PATH: process.env.PATH ?? '', USERCOM_TOKEN: 'x', PORT: port }
  // Redis is away, yet its packages are there.
  const args = ['--app', 'acme', '--origin', 'https://shop.example', '--redis', 'redis://127.0.0.1:9']
  const child = spawn(program, [...words, ...args], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(() => void child.kill('SIGKILL'))
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  assert.match(printed.toString(), /The relay is running/)

  const [checker = '', ...check] = JSON.parse(last(image, 'HEALTHCHECK').replace(/^CMD /, '')) as string[]
  const exitOf = async (environment: Record<string, string>): Promise<unknown> =>
    (await once(spawn(checker, check, { env: environment, stdio: 'ignore' }), 'exit'))[0]
  assert.equal(await exitOf(env), 0)
  assert.equal(await exitOf({ ...env, PORT: String(await freePort()) }), 1)

  child.kill('SIGTERM')
  const [code, signal] = await once(child, 'exit')
  assert.deepEqual([code, signal], [0, null])
})
