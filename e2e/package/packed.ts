import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'

/** An empty folder outside the repository, for one test file. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  after(() => rmSync(folder, { recursive: true }))
  return folder
}

/**
 * Packs what is built, and gives the path of the tarball.
 *
 * @param path where the package is
 * @param into where the tarball goes
 */
export function pack(path: string, into: string): string {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', into], {
    cwd: path,
    encoding: 'utf8',
  })
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  return join(into, filename)
}

/** Packs the sandbox or the relay, built aside: other tests build in the repository meanwhile. */
export function packWorkspace(name: 'sandbox' | 'relay', into: string): string {
  const copy = join(into, name)
  mkdirSync(copy)
  for (const file of ['package.json', 'README.md', 'LICENSE']) cpSync(join(name, file), join(copy, file))
  execFileSync(process.execPath, [`scripts/build-${name}.mjs`, join(copy, 'build')], { stdio: 'pipe' })
  return pack(copy, into)
}

/** A project with the package, installed from a tarball of what is built, with its dependencies and without Analytics.js. */
export function installPacked(): string {
  const project = createFolder()
  const target = join(project, 'node_modules/userengage-analytics-next')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', pack('.', project), '-C', target, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) {
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
  }
  return project
}
