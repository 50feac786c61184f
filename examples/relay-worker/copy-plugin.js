// The plugin's files become files of the site.
import { cpSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const plugin = dirname(fileURLToPath(import.meta.resolve('userengage-analytics-next')))
cpSync(plugin, 'public/analytics', { recursive: true })
