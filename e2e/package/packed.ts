import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

/** A project with the package, installed from a tarball of what is built, and without Analytics.js. */
export function installPacked(): string {
  const project = mkdtempSync(join(tmpdir(), 'package-'))
  after(() => rmSync(project, { recursive: true }))
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    encoding: 'utf8',
  })
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  const target = join(project, 'node_modules/userengage-analytics-next')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', join(project, filename), '-C', target, '--strip-components=1'])
  return project
}
