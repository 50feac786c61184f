import { isObject } from '../../protocol/json-object.ts'
import type { GroupMessage } from '../../protocol/message.ts'
import { companyFields } from '../fields/company-fields.ts'
import { type Failure, idOf, present, type RestAnswer, withoutId } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import type { Account } from './account.ts'
import { type Attempt, sendFields } from './attempt.ts'
import { personOf, saveUser } from './user.ts'

/** Creates or updates the company, and associates the user with it. */
export async function group(
  account: Account,
  attempt: Attempt,
  message: GroupMessage,
): Promise<Failure | undefined> {
  const groupId = String(message.groupId)
  const segment = pathSegment(groupId)
  if (!segment) {
    const reason =
      'User.com\'s REST API has no path for this "groupId": it must have no slash and no control character, and at most 1,000 characters.'
    return { kind: 'refused', status: 400, message: reason, fields: [] }
  }
  const user = await saveUser(attempt, personOf(message))
  if (user.kind !== 'ok') return user
  const { standard, custom } = companyFields(message.traits ?? {}, attempt.omit)
  const prepared = await account.definitions.prepare(attempt.call, 'company', custom, attempt.omit)
  if (prepared.kind !== 'ok') return prepared
  const cleared = Object.fromEntries(prepared.cleared.map((name) => [name, null]))
  const saved = await saveCompany(attempt, groupId, segment, { ...prepared.values, ...cleared, ...standard })
  if (saved.kind !== 'ok') return saved
  if (saved.members.includes(user.id)) return undefined
  const path = `companies/${saved.id}/add_member/`
  const added = present(await attempt.call('POST', path, { user_id: user.id }), path)
  return added.kind === 'ok' ? undefined : added
}

interface Company {
  kind: 'ok'
  id: number
  members: unknown[]
}

async function saveCompany(
  attempt: Attempt,
  groupId: string,
  segment: string,
  fields: object,
): Promise<Company | Failure> {
  const path = `companies-by-id/${segment}/`
  const update = (): Promise<RestAnswer> =>
    Object.keys(fields).length > 0 ? sendFields(attempt, 'PUT', path, fields, []) : attempt.call('GET', path)
  const updated = await update()
  if (updated.kind === 'ok') return readCompany(updated.body)
  if (updated.kind !== 'missing') return updated

  const company = { name: groupId, ...withoutNullName(fields), custom_id: groupId }
  const created = present(
    await sendFields(attempt, 'POST', 'companies/', company, ['custom_id', 'name']),
    'companies/',
  )
  if (created.kind === 'ok') return readCompany(created.body)
  if (created.kind !== 'refused') return created
  // Another message has just created it, perhaps.
  const again = await update()
  return again.kind === 'ok' ? readCompany(again.body) : created
}

/** REST wants a name for a new company. */
const withoutNullName = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => name !== 'name' || value))

function readCompany(body: unknown): Company | Failure {
  const id = idOf(body)
  if (id === undefined) return withoutId('the company')
  const employees = isObject(body) ? body.employees : undefined
  return { kind: 'ok', id, members: Array.isArray(employees) ? employees : [] }
}
