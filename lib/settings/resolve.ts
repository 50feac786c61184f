import { isObject } from '../../protocol/json-object.ts'
import { closestName } from './closest-name.ts'
import { queueRules, type Rule, rules } from './rules.ts'
import type { QueueSettings, ResolvedSettings, SwitchableSettings, UserEngageSettings } from './settings.ts'

const defaults = {
  consent: [],
  omit: [],
  queue: {},
  timeoutMs: 10_000,
  onDelivered() {},
  onDropped() {},
  autoPage: false,
  respectGpc: false,
  debug: false,
  credentials: 'omit',
  enabled: true,
}
const queueDefaults = { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'resend' }

const disabledSettings = {
  ...defaults,
  enabled: false,
  apiKey: '',
  endpoint: '',
  queue: queueDefaults,
} as unknown as ResolvedSettings

/**
 * Checks the settings and fills in the defaults. `undefined` counts as not given. An unknown setting is a warning on the
 * console.
 *
 * @throws TypeError that names the first wrong setting, its value and the expected one
 */
export function resolveSettings(given: UserEngageSettings | SwitchableSettings): ResolvedSettings {
  if (!isObject(given)) {
    throw new TypeError(
      `[UserEngage] settings must be an object, as in userEngage({ apiKey, endpoint }); got ${shown(given)}.`,
    )
  }
  // A preview without environment variables must not fail for want of the other settings.
  if (given.enabled === false) return { ...disabledSettings, debug: given.debug === true }
  const settings = checked('', given, rules, defaults)
  const queue = checked('queue.', settings.queue as QueueSettings, queueRules, queueDefaults)
  return { ...settings, queue } as unknown as ResolvedSettings
}

/**
 * The settings in `given`, with `defaults` for those that are absent.
 *
 * @param path precedes the names in messages: `queue.` for the parts of `queue`
 */
function checked(
  path: string,
  given: object,
  rules: Record<string, Rule>,
  defaults: object,
): Record<string, unknown> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const settings: Record<string, unknown> = { ...defaults, ...set }
  const known = Object.keys(rules)
  const unknown = Object.keys(set).filter((name) => !known.includes(name))
  for (const [name, { isValid, expected, ifMissing }] of Object.entries(rules)) {
    const value = settings[name]
    const isDefault = !(name in set) && name in defaults
    if (isDefault || isValid(value)) continue
    const misspelt = value === undefined && unknown.find((other) => closestName(other, known) === name)
    const hints = [
      ...(misspelt ? [`You wrote ${path}${misspelt}: did you mean ${path}${name}?`] : []),
      ...(ifMissing && name in given && (value ?? '') === '' ? [ifMissing] : []),
    ]
    throw new TypeError(
      [`[UserEngage] ${path}${name} must be ${expected}; got ${shown(value)}.`, ...hints].join(' '),
    )
  }
  for (const name of unknown) {
    const closest = closestName(name, known)
    const hint = closest
      ? `Did you mean ${path}${closest}?`
      : `There are ${known.map((one) => path + one).join(', ')}.`
    console.warn(`[UserEngage] unknown setting ${path}${name}: ignored. ${hint}`)
  }
  return settings
}

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))
