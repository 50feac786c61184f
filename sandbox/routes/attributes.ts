import { Hono } from 'hono'
import * as v from 'valibot'
import { parseBody } from '../../protocol/form.ts'
import { valueTypes } from '../../protocol/values/convert.ts'
import { contentTypes, type Definition } from '../database/definitions.ts'
import type { Store } from '../database/store.ts'
import { nameStd } from '../rules/name-std.ts'
import { type AppEnv, wrong } from './app-env.ts'
import { readBody } from './body-text.ts'

/** 1 MB, as at the other endpoint. */
const largestBody = 1024 * 1024

/** A number or a boolean is a text as well: values are compared as texts. */
const choice = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String))
const noChoices = '"choices" must be an array of the values that a fixed choice may have, each a text.'
const form = v.pipe(
  v.object(
    {
      name: v.pipe(
        v.string('"name" is missing: what the attribute is called.'),
        v.check((name) => name.trim() !== '', '"name" is missing: what the attribute is called.'),
      ),
      content_type: v.picklist(contentTypes, `"content_type" must be one of ${contentTypes.join(', ')}.`),
      value_type: v.picklist(valueTypes, `"value_type" must be one of ${valueTypes.join(', ')}.`),
      choices: v.optional(v.array(choice, noChoices), []),
      event: v.optional(v.string('"event" must be the name of an event.'), ''),
    },
    ({ expected }) =>
      expected === 'Object'
        ? 'The body must be an object such as {"content_type": "clientuser", "name": "age", "value_type": "integer"}.'
        : `${expected} is missing.`,
  ),
  v.check(({ value_type, choices }) => value_type !== 'fixed' || choices.length > 0, noChoices),
)

/** Definitions of attributes: those of events too, which the REST API cannot define, and a type that is given anew. */
export function attributeRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', (context) => context.json(store.definitions.all(context.var.app.id).map(shown)))
  routes.post('/', async (context) => {
    const { text, tooLarge } = await readBody(context.req.raw, largestBody)
    if (tooLarge) return context.json({ message: `The body is larger than ${largestBody} bytes.` }, 413)
    const parsed = parseBody(text)
    if ('refusal' in parsed) return wrong(context, parsed.refusal.message)
    const read = v.safeParse(form, parsed.value)
    if (!read.success) return wrong(context, read.issues[0].message)
    const { event, choices, ...given } = read.output
    const definition = {
      ...given,
      choices: [...new Set(choices)],
      event: given.content_type === 'event' ? event : '',
    }
    return context.json(shown(store.definitions.define(context.var.app.id, definition)), 201)
  })
  return routes
}

function shown({ id, name, value_type, content_type, choices, event }: Definition): object {
  return {
    id,
    name,
    name_std: nameStd(name),
    value_type,
    content_type,
    ...(value_type === 'fixed' && { choices }),
    ...(event && { event }),
  }
}
