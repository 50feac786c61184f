import { resolveSettings } from '../settings/resolve.ts'
import type { ResolvedSettings } from '../settings/settings.ts'

/** Said elsewhere, or nobody's business. */
const unsaid = ['apiKey', 'endpoint', 'debug', 'enabled']

/** The settings that differ from their defaults; never the API key. */
export function settingsInWords(settings: ResolvedSettings): string {
  const { apiKey, endpoint } = settings
  const words = differences(settings, resolveSettings({ apiKey, endpoint })).filter(
    ([name]) => !unsaid.includes(name),
  )
  return words.length === 0
    ? 'All settings have their defaults'
    : `Settings: ${words.map((parts) => parts.join(' ')).join('; ')}`
}

function differences(given: object, defaults: object): [name: string, ...value: string[]][] {
  const standard = new Map<string, unknown>(Object.entries(defaults))
  return Object.entries(given).flatMap(([name, value]): [string, ...string[]][] => {
    if (name === 'queue') {
      const parts = differences(value, standard.get(name) as object)
      return parts.map(([part, ...words]) => [`queue.${part}`, ...words])
    }
    if (value === standard.get(name) || String(value) === '') return []
    if (value === true || typeof value === 'function') return [[name]]
    return [[name, Array.isArray(value) ? value.join(', ') : String(value)]]
  })
}
