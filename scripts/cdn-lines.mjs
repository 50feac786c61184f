// `node scripts/cdn-lines.mjs` writes the version and the SRI hashes of what is built into the page that shows lines for
// a CDN. With `--check` it only says whether they are there. Between releases the page keeps those of the last release:
// they are of the file that the CDN has.
import { readFileSync, writeFileSync } from 'node:fs'

const page = 'docs/frameworks.md'
/** The address of a file of the package, and the hash that follows it. */
const line =
  /(userengage-analytics-next@)[^/]+(\/dist\/([\w.-]+\.js)['"]\s+(?:script\.)?integrity ?= ?['"])[^'"]*/g

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8'))
const text = readFileSync(page, 'utf8')
const current = text.replace(line, (_, name, between, file) => `${name}${version}${between}${hashes[file]}`)

if (!process.argv.includes('--check')) writeFileSync(page, current)
else if (current !== text) {
  console.error(`${page} names another version or hash than dist/ has: run \`node scripts/cdn-lines.mjs\`.`)
  process.exitCode = 1
}
