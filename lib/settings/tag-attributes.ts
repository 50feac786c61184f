import type { UserEngageSettings } from './settings.ts'

/** The attributes of a script tag that are settings of the plugin, as `dataset` names them. */
export interface TagAttributes {
  apiKey?: string | undefined
  endpoint?: string | undefined
  autoPage?: string | undefined
  debug?: string | undefined
  /** Any further settings, as JSON. */
  settings?: string | undefined
}

/**
 * The settings that a script tag gives in `data-api-key`, `data-endpoint`, `data-auto-page`, `data-debug` and, as JSON,
 * in `data-settings`. A boolean attribute is on when it is present, unless its value is `false`.
 *
 * @throws TypeError when `data-settings` is not a JSON object
 */
export function settingsOfTag(attributes: TagAttributes): UserEngageSettings {
  const { apiKey, endpoint, autoPage, debug, settings } = attributes
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
    // The error below covers text that is no JSON as well.
  }
  throw new TypeError(
    `[UserEngage] data-settings must be a JSON object, such as {"timeoutMs": 5000}; got ${json}.`,
  )
}
