// `npm run test:engines`: the same scenarios in Chromium, Firefox and WebKit, as far as this machine has or can get them.
import { spawnSync } from 'node:child_process'
import { installEngines } from './install-engines.mjs'

installEngines()
const run = (...command) => spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit' }).status
spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
process.exitCode = run('tsx', '--test', '--test-reporter=spec', 'e2e/engines/engines.test.ts') ?? 1
