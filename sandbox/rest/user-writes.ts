import type { UserRow } from '../database/users.ts'
import type { Call } from './call.ts'
import { writeRecord } from './record-writes.ts'
import type { UserForm } from './user-form.ts'

/** Creates a user. A request is no visit: `last_seen` stays empty. */
export function createUser(call: Call, form: UserForm): UserRow {
  const user = call.store.users.create(call.app.id, form.customId ?? null, call.receivedAt)
  call.changes.push({ kind: 'user', custom_id: user.custom_id, created: true })
  writeUser(call, user, form)
  return user
}

export function updateUser(call: Call, user: UserRow, form: UserForm): void {
  call.changes.push({ kind: 'user', custom_id: user.custom_id, created: false })
  writeUser(call, user, form)
}

function writeUser(call: Call, user: UserRow, form: UserForm): void {
  const { store, receivedAt, changes } = call
  const { customId = user.custom_id, status = user.status } = form
  if (customId !== user.custom_id) {
    store.users.rename(user.id, customId)
    changes.push({
      kind: 'attribute',
      of: 'user',
      name: 'custom_id',
      before: user.custom_id,
      after: customId,
    })
  }
  if (status !== user.status) {
    store.users.setStatus(user.id, status)
    changes.push({ kind: 'attribute', of: 'user', name: 'status', before: user.status, after: status })
  }
  writeRecord(call, { of: 'user', id: user.id }, form)
  for (const { id, custom_id } of form.companies) {
    if (store.companies.join(id, user.id, receivedAt)) {
      changes.push({ kind: 'member', company: custom_id, user: customId })
    }
  }
  store.users.touch(user.id, receivedAt)
}
