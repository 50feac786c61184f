// Writes dist/integrity.json: the hashes for the `integrity` attribute of script tags.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const files = readdirSync('dist').filter((file) => file.endsWith('.js'))
const hashes = files.map((file) => [
  file,
  `sha384-${createHash('sha384')
    .update(readFileSync(`dist/${file}`))
    .digest('base64')}`,
])
writeFileSync('dist/integrity.json', `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`)
