import type { UserRow } from '../database/users.ts'
import {
  type Answer,
  type Call,
  created,
  type Handler,
  invalid,
  missing,
  ok,
  type Routes,
  taken,
} from './call.ts'
import { page } from './paging.ts'
import { userAnswer } from './user-answer.ts'
import { readUser, type UserForm } from './user-form.ts'
import { createUser, updateUser } from './user-writes.ts'

/** The user whom an address names: by UserEngage's own id, or by the customer's. */
function userOf({ store, app, params }: Call): UserRow | undefined {
  return params.custom_id === undefined
    ? store.users.byId(app.id, Number(params.id))
    : store.users.find(app.id, params.custom_id)
}

export function withUser(handler: (call: Call, user: UserRow) => Answer): Handler {
  return (call) => {
    const user = userOf(call)
    return user ? handler(call, user) : missing('user')
  }
}

/** The same routes of a user by either id. */
export const ofUser = (below: string, methods: Routes[string]): Routes => ({
  [`/users/:id{[0-9]+}/${below}`]: methods,
  [`/users-by-id/:custom_id/${below}`]: methods,
})

/** Answers with what a handler makes of the form, unless the form is wrong. */
const withForm =
  (handler: (call: Call, form: UserForm) => Answer): Handler =>
  (call) => {
    const form = readUser(call)
    return 'errors' in form ? invalid(form.errors) : handler(call, form)
  }

const other = ({ store, app }: Call, { customId }: UserForm): UserRow | undefined =>
  customId === undefined ? undefined : store.users.find(app.id, customId)

const create = withForm((call, form) =>
  other(call, form) ? taken(call, 'A user') : created(userAnswer(call, createUser(call, form))),
)

const updateOrCreate = withForm((call, form) => {
  const known = other(call, form)
  if (!known) return created({ created: true, id: createUser(call, form).id })
  updateUser(call, known, form)
  return ok({ created: false, id: known.id })
})

const update = withUser((call, user) => {
  const form = readUser(call)
  if ('errors' in form) return invalid(form.errors)
  if ((other(call, form) ?? user).id !== user.id) return taken(call, 'A user')
  updateUser(call, user, form)
  return ok(userAnswer(call, user))
})

const remove = withUser(({ store, changes }, user) => {
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
  ...ofUser('', { GET: withUser((call, user) => ok(userAnswer(call, user))), PUT: update, DELETE: remove }),
}
