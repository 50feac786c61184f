// `npm run test:engines`: runs the same scenarios in those of Chromium, Firefox and WebKit that can be found or installed.
import { spawnSync } from 'node:child_process'
import { installEngines } from './install-engines.mjs'

installEngines()
const run = (...command) => spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit' }).status
spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
process.exitCode = run('tsx', '--test', '--test-reporter=spec', 'e2e/engines/engines.test.ts') ?? 1
