import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The last commit before calls were made cheaper. */
export const before = '13046be'

/**
 * Does something with the plugin's source as it was. It lies in this folder meanwhile, so that it finds its packages.
 *
 * @returns `undefined` where the history does not reach back, as in a shallow clone
 */
export async function withSourceOf<Result>(
  commit: string,
  use: (index: string) => Promise<Result>,
): Promise<Result | undefined> {
  const folder = mkdtempSync(fileURLToPath(new URL('before-', import.meta.url)))
  try {
    const archive = execFileSync('git', ['archive', commit, 'lib', 'protocol', 'package.json'], {
      stdio: 'pipe',
    })
    execFileSync('tar', ['-x', '-C', folder], { input: archive })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  try {
    return await use(`${folder}/lib/index.ts`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
