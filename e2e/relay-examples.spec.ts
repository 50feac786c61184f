import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { startRedisServer, whyNoRedis } from '../relay/test/support/redis-server.ts'
import { startExample } from './support/example.ts'
import { expect, test } from './support/fixtures.ts'
import { withoutSegmentHosts } from './support/segment-hosts.ts'

test.beforeAll(() => {
  if (!existsSync('relay/build/index.js')) execFileSync(process.execPath, ['scripts/build-relay.mjs'])
})

for (const { name, script, needsRedis } of [
  { name: 'relay-hono', needsRedis: true },
  { name: 'relay-express' },
  { name: 'relay-nextjs', script: 'serve' },
  { name: 'relay-worker' },
] as { name: string; script?: string; needsRedis?: boolean }[]) {
  test(`the example ${name} runs, and what its page calls is in the profile`, async ({
    page,
    sandbox,
    account,
  }) => {
    test.slow()
    test.skip(Boolean(needsRedis && whyNoRedis), whyNoRedis)
    const redis = needsRedis ? await startRedisServer() : undefined
    if (script === 'serve') execFileSync('npm', ['run', 'build'], { cwd: `examples/${name}`, stdio: 'pipe' })
    const example = await startExample(name, script, (origin) => {
      const env: Record<string, string> = {
        SITE: origin,
        USERCOM_URL: `${sandbox.origin}/api/public/`,
        USERCOM_TOKEN: account.token,
        ...(redis && { REDIS: redis.url }),
      }
      const vars = Object.entries(env).flatMap(([key, value]) => ['--var', `${key}:${value}`])
      return { env, args: name === 'relay-worker' ? vars : [] }
    })
    try {
      await withoutSegmentHosts(page)
      await page.goto(example.origin)
      await page.getByRole('button', { name: 'Sign up' }).click()
      await expect
        .poll(async () => {
          const events = await account.eventsOf('ada').catch(() => [])
          return events.map(({ name: event }) => event)
        })
        .toEqual(['Page view', 'Signed Up'])
      expect(await account.profile('ada')).toMatchObject({ email: 'ada@example.com', first_name: 'Ada' })
      expect((await fetch(`${example.origin}/hello`)).status).toBe(200)
    } finally {
      await example.stop()
      redis?.close()
    }
  })
}
