import { defineConfig } from '@playwright/test'
import { chromiumSwitchesForPlaywright } from './scripts/chromium-switches.mjs'
import { findBrowser } from './scripts/find-browser.mjs'

const executablePath = findBrowser()

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  // Most tests wait most of the time: for timers, answers, the browser.
  workers: '150%',
  forbidOnly: Boolean(process.env.CI),
  // How long something may take that happens sooner or later. Tests wait for it, so a slow machine is only slow.
  expect: { timeout: 20_000 },
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        ...chromiumSwitchesForPlaywright,
        // A site on plain http that is not loopback, which browsers trust like https.
        '--host-resolver-rules=MAP shop.test 127.0.0.1',
      ],
    },
  },
})
