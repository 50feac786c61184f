import * as v from 'valibot'
import { isObject } from '../../protocol/json-object.ts'

/**
 * The behaviours of the REST API that nobody outside UserEngage knows; docs/sandbox.md lists the evidence for each. The
 * first choice of each switch is the default.
 */
export const restSwitches = {
  /** A value for an attribute that is not defined: the API defines the attribute as a text, ignores it, or answers 400. */
  undefinedAttributes: ['create', 'ignore', 'refuse'],
  /** The phone numbers that the API accepts. */
  phone: ['any', 'e164'],
  /** Whether the route `site-views/` exists. */
  siteViews: ['on', 'off'],
  /** Whether a company can be deleted. */
  deleteCompany: ['on', 'off'],
  /** The effect of `null` on a field or attribute. */
  nullField: ['clear', 'refuse'],
  /** The status of the answer to a `custom_id` that another user, company or product has. */
  customIdTaken: [400, 409],
} as const

type Name = keyof typeof restSwitches
export type RestSwitches = { [N in Name]: (typeof restSwitches)[N][number] }

export const defaultSwitches = Object.fromEntries(
  Object.entries(restSwitches).map(([name, [first]]) => [name, first]),
) as RestSwitches

const choice = (name: Name) =>
  v.exactOptional(
    v.picklist(
      restSwitches[name],
      ({ input }) => `"${name}" must be ${restSwitches[name].join(' or ')}, got ${JSON.stringify(input)}.`,
    ),
  )

const noObject = 'The body must be an object of switches, such as {"phone": "e164"}.'

const some = v.strictObject(
  {
    undefinedAttributes: choice('undefinedAttributes'),
    phone: choice('phone'),
    siteViews: choice('siteViews'),
    deleteCompany: choice('deleteCompany'),
    nullField: choice('nullField'),
    customIdTaken: choice('customIdTaken'),
  },
  ({ expected, received }) =>
    expected === 'never'
      ? `There is no switch ${received}; there are ${Object.keys(restSwitches).join(', ')}.`
      : noObject,
)

/** The body of a request that sets some of the switches. */
export const switchesSchema = v.pipe(
  v.custom<object>(isObject, noObject),
  some,
) as unknown as v.GenericSchema<unknown, Partial<RestSwitches>>
