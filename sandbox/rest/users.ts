import { addressed } from './addressed.ts'
import { type Answer, type Call, created, type Handler, invalid, ok, type Routes, taken } from './call.ts'
import { page } from './paging.ts'
import { userAnswer } from './user-answer.ts'
import { readUser, type UserForm } from './user-form.ts'
import { createUser, updateUser } from './user-writes.ts'

export const users = addressed('user', 'users', ({ users }) => users)

/** Answers with what a handler makes of the form, unless the form is wrong. */
const withForm =
  (handler: (call: Call, form: UserForm) => Answer): Handler =>
  (call) => {
    const form = readUser(call)
    return 'errors' in form ? invalid(form.errors) : handler(call, form)
  }

const create = withForm((call, form) =>
  users.withCustomId(call, form.customId)
    ? taken(call, 'A user')
    : created(userAnswer(call, createUser(call, form))),
)

const updateOrCreate = withForm((call, form) => {
  const known = users.withCustomId(call, form.customId)
  if (!known) return created({ created: true, id: createUser(call, form).id })
  updateUser(call, known, form)
  return ok({ created: false, id: known.id })
})

const update = users.withRecord((call, user) => {
  const form = readUser(call)
  if ('errors' in form) return invalid(form.errors)
  if ((users.withCustomId(call, form.customId) ?? user).id !== user.id) return taken(call, 'A user')
  updateUser(call, user, form)
  return ok(userAnswer(call, user))
})

const remove = users.withRecord(({ store, changes }, user) => {
  store.rest.merge.remove(user.id)
  changes.push({ kind: 'user_deleted', custom_id: user.custom_id })
  return { status: 204 }
})

export const userRoutes: Routes = {
  '/users/': {
    GET: (call) => page(call, call.store.rest.lists.users, call.app.id, (user) => userAnswer(call, user)),
    POST: create,
  },
  '/users/update_or_create/': { POST: updateOrCreate },
  ...users.routes('', {
    GET: users.withRecord((call, user) => ok(userAnswer(call, user))),
    PUT: update,
    DELETE: remove,
  }),
}
