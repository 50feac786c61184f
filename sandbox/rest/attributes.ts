import * as v from 'valibot'
import type { Definition } from '../database/definitions.ts'
import { restContentTypes } from '../rules/definition.ts'
import { nameStd } from '../rules/name-std.ts'
import { created, invalid, type Routes } from './call.ts'
import { errorsOf, required, text } from './forms.ts'
import { page } from './paging.ts'

const valueTypes = ['boolean', 'date', 'datetime', 'fixed', 'float', 'integer', 'json', 'string'] as const

const notChoice = ({ received }: { received: string }): string => `${received} is not a valid choice.`
const form = v.pipe(
  v.object(
    {
      content_type: v.picklist(restContentTypes, notChoice),
      value_type: v.picklist(valueTypes, notChoice),
      name: v.pipe(
        text(32),
        v.check((name) => name.trim() !== '', 'This field may not be blank.'),
      ),
      choices: v.nullish(v.array(text(), 'Expected a list of choices.')),
    },
    required,
  ),
  v.forward(
    v.check(
      ({ value_type, choices }) => value_type !== 'fixed' || !!choices?.length,
      'A fixed choice needs choices.',
    ),
    ['choices'],
  ),
)

/** A definition as the REST API shows it. */
const shown = ({ id, name, value_type, content_type, choices }: Definition): object => ({
  id,
  name,
  name_std: nameStd(name),
  // `number` is the word of the page on the Segment destination; this API has none for it.
  value_type: value_type === 'number' ? 'float' : value_type,
  content_type,
  ...(value_type === 'fixed' && { choices }),
})

export const attributeRoutes: Routes = {
  '/attributes/': {
    GET: (call) => page(call, call.store.rest.lists.definitions, call.app.id, shown),
    POST: ({ store, app, body, changes }) => {
      const read = v.safeParse(form, body)
      if (!read.success) return invalid(errorsOf(read.issues))
      const { content_type, value_type, name, choices } = read.output
      if (store.definitions.find(app.id, content_type, '', name)) {
        return invalid({ name: ['An attribute of this name already exists.'] })
      }
      const definition = { content_type, value_type, name, event: '', choices: [...new Set(choices ?? [])] }
      changes.push({ kind: 'definition', of: ownerOf(content_type), name, type: value_type })
      return created(shown(store.definitions.define(app.id, definition)))
    },
  },
}

const ownerOf = (type: string) =>
  type === 'clientuser' ? 'user' : type === 'company' ? 'company' : 'product'
