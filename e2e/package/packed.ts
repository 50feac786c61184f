import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'

/** A project with the package, installed from a tarball of what is built, with its dependencies and without Analytics.js. */
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
  const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) {
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
  }
  return project
}
