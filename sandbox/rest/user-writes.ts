import { createAttributeChanges } from '../apply/attribute-changes.ts'
import type { UserRow } from '../database/users.ts'
import type { Call } from './call.ts'
import type { UserForm } from './user-form.ts'

const nothing: ReadonlySet<string> = new Set()

/** Creates a user; REST is no visit, so `last_seen` stays empty. */
export function createUser(call: Call, form: UserForm): UserRow {
  const { store, app, receivedAt, changes } = call
  const user = store.users.create(app.id, form.customId ?? null, receivedAt)
  changes.push({ kind: 'user', custom_id: user.custom_id, created: true })
  writeUser(call, user, form)
  return user
}

export function updateUser(call: Call, user: UserRow, form: UserForm): void {
  call.changes.push({ kind: 'user', custom_id: user.custom_id, created: false })
  writeUser(call, user, form)
}

function writeUser(call: Call, user: UserRow, form: UserForm): void {
  const { store, app, receivedAt, changes } = call
  const attributes = createAttributeChanges(store, app.id, changes, 'rest')
  const holder = { of: 'user', id: user.id } as const
  const tell = (name: string, before: unknown, after: unknown): void => {
    if (before !== after) changes.push({ kind: 'attribute', of: 'user', name, before, after })
  }

  const { customId = user.custom_id, status = user.status } = form
  tell('custom_id', user.custom_id, customId)
  if (customId !== user.custom_id) store.users.rename(user.id, customId)
  tell('status', user.status, status)
  if (status !== user.status) store.users.setStatus(user.id, status)

  for (const [name, value] of form.fields) attributes.set(holder, name, value)
  for (const [name, value] of form.custom.values) attributes.setCustom(holder, name, value, nothing)
  for (const [name, value] of form.custom.ignored) {
    changes.push({ kind: 'ignored', of: 'user', name, value, reason: 'no attribute of this name is defined' })
  }
  for (const [name, value] of form.readOnly) {
    changes.push({ kind: 'ignored', of: 'user', name, value, reason: 'a field that no request sets' })
  }
  for (const name of form.tags) {
    if (store.tags.add(app.id, 'user', user.id, name)) changes.push({ kind: 'tag', of: 'user', name })
  }
  for (const { id, custom_id } of form.companies) {
    if (store.companies.join(id, user.id, receivedAt)) {
      changes.push({ kind: 'member', company: custom_id, user: customId })
    }
  }
  store.users.touch(user.id, receivedAt)
}
