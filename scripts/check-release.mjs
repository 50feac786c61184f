// `node scripts/check-release.mjs v1.2.3`: whether this commit may be published under that tag.
import { readFileSync } from 'node:fs'

const tag = process.argv[2] ?? ''
const packageOf = (path) => JSON.parse(readFileSync(path, 'utf8'))
const problems = []
const { version, repository, workspaces } = packageOf('package.json')

for (const path of ['package.json', ...workspaces.map((folder) => `${folder}/package.json`)]) {
  const { version } = packageOf(path)
  if (tag !== `v${version}`) {
    problems.push(`${path} has version ${version}, the tag is "${tag}": set the version, or tag v${version}.`)
  }
}
const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm')
if (!heading.test(readFileSync('CHANGELOG.md', 'utf8'))) {
  problems.push(
    `CHANGELOG.md has no section "## [${version}] - ${new Date().toISOString().slice(0, 10)}": say there what is new.`,
  )
}
if (repository.url.includes('/OWNER/')) {
  problems.push(
    `package.json still has the placeholder OWNER in ${repository.url}: run node scripts/set-repository.mjs <owner>/<name>.`,
  )
}

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
