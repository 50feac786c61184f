import type { UserRow } from '../database/users.ts'
import { type Answer, type Call, ok, type Routes, refused } from './call.ts'
import { userAnswer } from './user-answer.ts'

const none = refused(404, 'No user matches this search.')

/** One user by email or by key; all of an email with `many=true`, and all of a phone number, as a plain array. */
function search(call: Call): Answer {
  const { store, app, url } = call
  const asked = (name: string): string | null => url.searchParams.get(name)
  const one = (user: UserRow | undefined): Answer => (user ? ok(userAnswer(call, user)) : none)
  const all = (users: UserRow[]): Answer =>
    users.length > 0 ? ok(users.map((user) => userAnswer(call, user))) : none

  const [email, key, phone] = [asked('email'), asked('key'), asked('phone_number')]
  if (email !== null) {
    const users = store.users.byField(app.id, 'email', email)
    return asked('many') === 'true' ? all(users) : one(users[0])
  }
  if (key !== null) return one(store.users.byKey(app.id, key))
  if (phone !== null) return all(store.users.byField(app.id, 'phone_number', phone))
  return refused(400, 'Search by "email", "key" or "phone_number".')
}

export const searchRoutes: Routes = { '/users/search/': { GET: search } }
