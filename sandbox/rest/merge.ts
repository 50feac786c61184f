import * as v from 'valibot'
import type { UserRow } from '../database/users.ts'
import { type Answer, type Call, invalid, missing, ok, type Routes } from './call.ts'
import { errorsOf, integer, required } from './forms.ts'

const ids = v.pipe(v.array(integer, 'Expected a list of ids.'), v.minLength(1, 'This list may not be empty.'))
const form = v.object({ parent: integer, users_list: ids }, required)

/** Makes one user of several: the parent's values stay, then those of the lowest id. The others are gone. */
function merge({ store, app, body, changes, receivedAt }: Call): Answer {
  // The vendor's table calls the list `users_list`, and its sample `user_list`.
  const read = v.safeParse(form, { ...body, users_list: body.users_list ?? body.user_list })
  if (!read.success) return invalid(errorsOf(read.issues))
  const { parent, users_list } = read.output
  const into = store.users.byId(app.id, parent)
  const others = [...new Set(users_list)]
    .filter((id) => id !== parent)
    .sort((one, other) => one - other)
    .map((id) => store.users.byId(app.id, id))
  if (!into || !others.every((user): user is UserRow => user !== undefined)) return missing('user')

  for (const { id, custom_id } of others) store.rest.merge.into(into.id, id, custom_id)
  store.users.touch(into.id, receivedAt)
  changes.push({
    kind: 'users_merged',
    into: into.custom_id,
    merged: others.map(({ custom_id }) => custom_id),
  })
  return ok({ success: true })
}

export const mergeRoutes: Routes = { '/users/merge/': { POST: merge } }
