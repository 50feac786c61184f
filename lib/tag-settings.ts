import type { UserEngageSettings } from './settings.ts'

/**
 * Settings as a script tag gives them: `data-api-key`, `data-endpoint`, `data-auto-page`, `data-debug`, and any others as
 * JSON in `data-settings`. A boolean attribute is on when present, unless its value is `false`.
 *
 * @throws TypeError when `data-settings` is not a JSON object
 */
export function tagSettings({
  apiKey,
  endpoint,
  autoPage,
  debug,
  settings,
}: DOMStringMap): UserEngageSettings {
  return {
    ...(settings !== undefined && parsed(settings)),
    ...(apiKey !== undefined && { apiKey }),
    ...(endpoint !== undefined && { endpoint }),
    ...(autoPage !== undefined && { autoPage: autoPage !== 'false' }),
    ...(debug !== undefined && { debug: debug !== 'false' }),
  } as UserEngageSettings
}

function parsed(json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Reported below, together with JSON that is no object.
  }
  throw new TypeError(
    `[UserEngage] data-settings must be a JSON object, such as {"timeoutMs": 5000}; got ${json}.`,
  )
}
