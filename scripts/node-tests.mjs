// Runs tests in Node.js: those of the given folders, or only the files whose path contains one of the given words.
// Options go to Node's test runner, such as --test-name-pattern='offline'.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const given = process.argv.slice(2)
const isFolder = (word) => statSync(word, { throwIfNoEntry: false })?.isDirectory()
const options = given.filter((word) => word.startsWith('-'))
const folders = given.filter((word) => isFolder(word))
const words = given.filter((word) => !options.includes(word) && !folders.includes(word))

const files = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file)))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))

if (files.length === 0) {
  console.error(
    `No test file in ${folders.join(', ')} has ${words.map((word) => `"${word}"`).join(' or ')} in its path.`,
  )
  process.exit(1)
}
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', ...options, ...files],
  {
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
