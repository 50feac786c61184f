import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The data file of the project in whose folder the sandbox is started: each project sees its own messages again.
 * What people send to a sandbox is nobody else's business, so its folder tells git to leave it alone.
 */
export function defaultData(): string {
  const folder = '.userengage-sandbox'
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '.gitignore'), '*\n')
  return join(folder, 'sandbox.db')
}
