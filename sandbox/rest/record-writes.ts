import { createAttributeChanges } from '../apply/attribute-changes.ts'
import type { Call } from './call.ts'
import type { CustomValues } from './custom-values.ts'

/** What a request says of a user or company, checked. */
export interface RecordForm {
  /** Undefined: the body gives none. */
  customId: string | undefined
  /** Standard fields under the names by which the database keeps them; null clears. */
  fields: [name: string, value: unknown][]
  custom: CustomValues
  tags: string[]
  /** Fields of the body that UserEngage alone sets. */
  readOnly: [name: string, value: unknown][]
}

interface Holder {
  of: 'user' | 'company'
  id: number
}

const none: ReadonlySet<string> = new Set()

/** Writes the values of a form to a user or company, and adds to the changes every value set or ignored. */
export function writeRecord(call: Call, { of, id }: Holder, form: RecordForm): void {
  const { store, app, changes } = call
  const attributes = createAttributeChanges(store, app.id, changes, 'rest')
  const ignore = (values: [string, unknown][], reason: string): void => {
    for (const [name, value] of values) changes.push({ kind: 'ignored', of, name, value, reason })
  }
  for (const [name, value] of form.fields) attributes.set({ of, id }, name, value)
  for (const [name, value] of form.custom.values) attributes.setCustom({ of, id }, name, value, none)
  ignore(form.custom.ignored, 'no attribute of this name is defined')
  ignore(form.readOnly, 'a field that no request sets')
  for (const name of form.tags) {
    if (store.tags.add(app.id, of, id, name)) changes.push({ kind: 'tag', of, name })
  }
}
