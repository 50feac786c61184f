// Writes dist/index.d.ts: all public types in one file that needs no other package.
import { writeFileSync } from 'node:fs'
import { generateDtsBundle } from 'dts-bundle-generator'

const [declarations] = generateDtsBundle(
  [{ filePath: 'lib/index.ts', output: { noBanner: true, exportReferencedTypes: false } }],
  { preferredConfigPath: 'tsconfig.json' },
)
writeFileSync('dist/index.d.ts', declarations)
