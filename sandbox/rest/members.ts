import * as v from 'valibot'
import type { UserRow } from '../database/users.ts'
import { type Answer, type Call, invalid, missing, ok, type Routes } from './call.ts'
import { companies } from './companies.ts'
import { companyAnswer } from './company-answer.ts'
import { customId, errorsOf, integer } from './forms.ts'

const form = v.object({ user_id: v.nullish(integer), user_custom_id: customId })

/** The user whom a body names, by UserEngage's id before the customer's; or the answer where there is none. */
export function namedUser({ store, app }: Call, body: unknown): { user: UserRow } | { refusal: Answer } {
  const read = v.safeParse(form, body)
  if (!read.success) return { refusal: invalid(errorsOf(read.issues)) }
  const { user_id, user_custom_id } = read.output
  if (user_id == null && user_custom_id === undefined) {
    return { refusal: invalid({ user_id: ['This field is required, or "user_custom_id".'] }) }
  }
  const user =
    user_id == null ? store.users.find(app.id, user_custom_id as string) : store.users.byId(app.id, user_id)
  return user ? { user } : { refusal: missing('user') }
}

const add = companies.withRecord((call, company) => {
  const { store, receivedAt, changes } = call
  const named = namedUser(call, call.body)
  if ('refusal' in named) return named.refusal
  if (store.companies.join(company.id, named.user.id, receivedAt)) {
    changes.push({ kind: 'member', company: company.custom_id, user: named.user.custom_id })
  }
  return ok(companyAnswer(call, company))
})

const remove = companies.withRecord((call, company) => {
  const named = namedUser(call, call.body)
  if ('refusal' in named) return named.refusal
  if (call.store.companies.leave(company.id, named.user.id)) {
    call.changes.push({ kind: 'member_left', company: company.custom_id, user: named.user.custom_id })
  }
  return ok(companyAnswer(call, company))
})

export const memberRoutes: Routes = {
  ...companies.routes('add_member/', { POST: add }),
  ...companies.routes('remove_member/', { POST: remove }),
}
