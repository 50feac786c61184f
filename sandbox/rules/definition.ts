import * as v from 'valibot'
import { type ValueType, valueTypes } from '../../protocol/values/convert.ts'

/** The owners of attributes that the sandbox applies and shows, by the names of UserEngage's public API. */
export const contentTypes = ['clientuser', 'company', 'event'] as const
/** The owners for which UserEngage's REST API defines attributes. It defines none for events. */
export const restContentTypes = ['activity', 'clientuser', 'company', 'deal', 'product', 'ticket'] as const
export type ContentType = (typeof contentTypes)[number]
export type AnyContentType = ContentType | (typeof restContentTypes)[number]

/** The definition of an attribute. */
export interface AttributeDefinition {
  content_type: ContentType
  name: string
  value_type: ValueType
  /** The values that a fixed choice may have. */
  choices: string[]
  /** The event that has the attribute; empty for an attribute of every event, user or company. */
  event: string
}

/** The answer to a wrong value of each field. */
const wrong = {
  name: '"name" is missing: what the attribute is called.',
  content_type: `"content_type" must be one of ${contentTypes.join(', ')}.`,
  value_type: `"value_type" must be one of ${valueTypes.join(', ')}.`,
  choices: '"choices" must be an array of the values that a fixed choice may have, each a text.',
  event: '"event" must be the name of an event.',
}

/** A choice may be a number or a boolean in JSON: values are compared as texts. */
const choice = v.pipe(v.union([v.string(), v.number(), v.boolean()], wrong.choices), v.transform(String))

/** The body of a request that defines an attribute. */
export const definitionSchema = v.pipe(
  v.object(
    {
      name: v.pipe(
        v.string(wrong.name),
        v.check((name) => name.trim() !== '', wrong.name),
      ),
      content_type: v.picklist(contentTypes, wrong.content_type),
      value_type: v.picklist(valueTypes, wrong.value_type),
      choices: v.optional(v.array(choice, wrong.choices), []),
      event: v.optional(v.string(wrong.event), ''),
    },
    // Valibot asks the object, not the field, for the message of a field that is absent.
    ({ path }) => wrong[path?.[0].key as keyof typeof wrong] ?? 'The body must be a JSON object.',
  ),
  v.check(({ value_type, choices }) => value_type !== 'fixed' || choices.length > 0, wrong.choices),
  v.transform(
    ({ choices, event, ...definition }): AttributeDefinition => ({
      ...definition,
      choices: [...new Set(choices)],
      event: definition.content_type === 'event' ? event : '',
    }),
  ),
)
