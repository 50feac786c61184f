import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import type { Browser } from '@playwright/test'
import type { Contestant } from './contestants.ts'

/** Where and with what the numbers were made. */
export interface Machine {
  date: string
  commit: string
  processor: string
  cores: number
  memoryBytes: number
  system: string
  browser: string
  node: string
  /** Versions by package. */
  packages: Record<string, string>
}

export function describeMachine(browser: Browser, contestants: Contestant[]): Machine {
  const [first] = cpus()
  const packages = [...new Set(contestants.flatMap(({ packages }) => packages))]
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    browser: `Chromium ${browser.version()}`,
    node: process.version,
    packages: Object.fromEntries([
      ['userengage-analytics-next', versionIn('../../package.json')],
      ...packages.map((name) => [name, versionIn(`../node_modules/${name}/package.json`)]),
    ]),
  }
}

const versionIn = (path: string): string =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version
