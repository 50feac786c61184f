import * as v from 'valibot'

/**
 * How an app's REST API behaves where nobody outside UserEngage knows how the real one does; docs/sandbox.md lists what
 * is known of each. The first choice is the default.
 */
export const restSwitches = {
  /** A value for an attribute that is not defined: it is defined as a text, is left out, or is answered 400. */
  undefinedAttributes: ['create', 'ignore', 'refuse'],
  /** Which phone numbers are taken. */
  phone: ['any', 'e164'],
  /** Whether there is a `site-views/`. */
  siteViews: ['on', 'off'],
  /** What `null` does to a field. */
  nullField: ['clear', 'refuse'],
  /** The status that answers an id which another has. */
  customIdTaken: [400, 409],
} as const

export type RestSwitches = { [Name in keyof typeof restSwitches]: (typeof restSwitches)[Name][number] }

export const defaultSwitches = Object.fromEntries(
  Object.entries(restSwitches).map(([name, [first]]) => [name, first]),
) as RestSwitches

const choices = Object.fromEntries(
  Object.entries(restSwitches).map(([name, values]) => [
    name,
    v.optional(
      v.picklist(values, ({ received }) => `"${name}" must be ${values.join(' or ')}, got ${received}.`),
    ),
  ]),
)

/** What a request sets: any of the switches, and nothing else. */
export const switchesForm = v.pipe(
  v.record(v.string(), v.unknown(), 'The body must be an object of switches, such as {"phone": "e164"}.'),
  v.check(
    (given) => Object.keys(given).every((name) => Object.hasOwn(restSwitches, name)),
    ({ input }) =>
      `There is no switch "${Object.keys(input).find((name) => !Object.hasOwn(restSwitches, name))}"; there are ${Object.keys(restSwitches).join(', ')}.`,
  ),
  v.object(choices),
  v.transform((given) => given as Partial<RestSwitches>),
)
