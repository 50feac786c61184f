import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The data file in the folder where the sandbox is started, so that each project keeps its own messages. Messages are
 * private: the file's folder gets a .gitignore that excludes everything.
 */
export function defaultData(): string {
  const folder = '.userengage-sandbox'
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '.gitignore'), '*\n')
  return join(folder, 'sandbox.db')
}
