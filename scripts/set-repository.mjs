// `node scripts/set-repository.mjs OWNER/NAME`: where the packages' code is, in the package.json of each.
import { readFileSync, writeFileSync } from 'node:fs'

const [repository = ''] = process.argv.slice(2)
if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
  console.error(`Say the repository on GitHub as OWNER/NAME, got "${repository}".`)
  process.exit(1)
}
const url = `https://github.com/${repository}`

const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'))
for (const folder of ['', ...workspaces]) {
  const path = folder ? `${folder}/package.json` : 'package.json'
  const content = JSON.parse(readFileSync(path, 'utf8'))
  content.homepage = folder ? `${url}/tree/main/${folder}#readme` : `${url}#readme`
  content.repository.url = `git+${url}.git`
  content.bugs.url = `${url}/issues`
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
}
