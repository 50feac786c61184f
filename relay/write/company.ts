import type { GroupMessage } from '../../protocol/message.ts'
import { companyFields } from '../fields/company-fields.ts'
import { type Failure, present, type RestAnswer, withId } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import { type Attempt, sendFields } from './attempt.ts'
import { saveUser } from './user.ts'

const withoutPath: Failure = {
  kind: 'refused',
  status: 400,
  message:
    'User.com\'s REST API has no path for this "groupId": it must have no slash and no control character, and at most 1,000 characters.',
  fields: [],
}

/** Creates or updates the company, and associates the user with it. */
export async function writeCompany(attempt: Attempt, message: GroupMessage): Promise<Failure | undefined> {
  const { account, call, omit } = attempt
  const groupId = String(message.groupId)
  const segment = pathSegment(groupId)
  if (!segment) return withoutPath
  const user = await saveUser(attempt)
  if (user.kind !== 'ok') return user
  const { standard, custom } = companyFields(message.traits ?? {}, omit)
  const prepared = await account.definitions.prepare(attempt, 'company', custom)
  if (prepared.kind !== 'ok') return prepared
  const cleared = Object.fromEntries(prepared.cleared.map((name) => [name, null]))
  const fields = { ...prepared.values, ...cleared, ...standard }
  const company = withId(await saveCompany(attempt, groupId, segment, fields), 'the company')
  if (company.kind !== 'ok') return company
  const { employees } = company.body as { employees?: unknown }
  if (Array.isArray(employees) && employees.includes(user.id)) return undefined
  const added = present(await call('POST', `companies/${company.id}/add_member/`, { user_id: user.id }))
  return added.kind === 'ok' ? undefined : added
}

async function saveCompany(
  attempt: Attempt,
  groupId: string,
  segment: string,
  fields: { name?: unknown },
): Promise<RestAnswer> {
  const path = `companies-by-id/${segment}/`
  const update = (): Promise<RestAnswer> =>
    Object.keys(fields).length > 0 ? sendFields(attempt, 'PUT', path, fields, []) : attempt.call('GET', path)
  const updated = await update()
  if (updated.kind !== 'missing') return updated
  // REST wants a name for a new company.
  const company = { ...fields, name: fields.name || groupId, custom_id: groupId }
  const created = await sendFields(attempt, 'POST', 'companies/', company, ['custom_id', 'name'])
  if (created.kind !== 'refused') return created
  // Another message has just created it, perhaps.
  const again = await update()
  return again.kind === 'ok' ? again : created
}
