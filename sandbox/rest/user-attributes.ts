import * as v from 'valibot'
import { createAttributeChanges } from '../apply/attribute-changes.ts'
import type { UserRow } from '../database/users.ts'
import { type Answer, type Call, invalid, ok, type Routes } from './call.ts'
import { readCustom } from './custom-values.ts'
import { errorsOf, required, text } from './forms.ts'
import { userAnswer } from './user-answer.ts'
import { users } from './users.ts'

const one = v.object({ attribute: text(), value: v.unknown() }, required)
const name = v.object({ attribute: text() }, required)

/** Sets attributes that are defined already: these routes define none. */
function set(call: Call, user: UserRow, given: [name: string, value: unknown][]): Answer {
  const { values, errors } = readCustom(call, 'clientuser', given, 'refuse')
  if (Object.keys(errors).length > 0) return invalid(errors)
  const { store, app, changes, receivedAt } = call
  changes.push({ kind: 'user', custom_id: user.custom_id, created: false })
  const attributes = createAttributeChanges(store, app.id, changes, 'rest')
  for (const [name, value] of values)
    attributes.setCustom({ of: 'user', id: user.id }, name, value, new Set())
  store.users.touch(user.id, receivedAt)
  return ok(userAnswer(call, user))
}

export const userAttributeRoutes: Routes = {
  ...users.routes('set_attribute/', {
    POST: users.withRecord((call, user) => {
      const read = v.safeParse(one, call.body)
      return read.success
        ? set(call, user, [[read.output.attribute, read.output.value]])
        : invalid(errorsOf(read.issues))
    }),
  }),
  ...users.routes('set_multiple_attributes/', {
    POST: users.withRecord((call, user) => set(call, user, Object.entries(call.body))),
  }),
  ...users.routes('remove_attribute/', {
    POST: users.withRecord((call, user) => {
      const read = v.safeParse(name, call.body)
      if (!read.success) return invalid(errorsOf(read.issues))
      const clearing = { ...call, switches: { ...call.switches, nullField: 'clear' as const } }
      return set(clearing, user, [[read.output.attribute, null]])
    }),
  }),
}
