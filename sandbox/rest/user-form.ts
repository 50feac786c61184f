import * as v from 'valibot'
import type { CompanyRow } from '../database/companies.ts'
import type { UserRow } from '../database/users.ts'
import { doubtOf } from '../rules/vendor-limits.ts'
import type { Call, FieldErrors } from './call.ts'
import { readCustom } from './custom-values.ts'
import { code, customId, flag, integer, names, text } from './forms.ts'
import { oldNames, withNewNames } from './names.ts'
import type { RecordForm } from './record-writes.ts'

/** What a request says of a user. */
export interface UserForm extends RecordForm {
  status: UserRow['status'] | undefined
  /** The companies that the user joins. */
  companies: CompanyRow[]
}

/** The standard fields that a request may write, https://apidocs.user.com/users/mass-update-standard-attributes.html. */
const fields = {
  email: text(),
  first_name: text(40),
  last_name: text(40),
  phone_number: text(64),
  gender: code({ 1: 'unknown', 2: 'male', 3: 'female' }),
  country: text(),
  region: text(),
  city: text(64),
  timezone: text(),
  score: integer,
  notifications: flag,
  unsubscribed: flag,
  assigned_to: integer,
  facebook_url: text(),
  linkedin_url: text(),
  twitter_url: text(),
  google_url: text(),
  gravatar_url: text(),
}
const special = v.object({
  custom_id: customId,
  status: v.nullish(code({ 1: 'visitor', 2: 'user' })),
  tags: v.nullish(names),
  company_id: v.nullish(integer),
  company_custom_id: customId,
})

/** Fields of the answers that a request cannot write. */
export const readOnlyFields: ReadonlySet<string> = new Set([
  ...['id', 'user_id', 'user_key', 'key', 'name', 'browser', 'browser_language', 'os_type', 'resolution'],
  ...['last_ip', 'first_seen', 'last_seen', 'last_contacted', 'created_at', 'updated_at', 'page_views'],
  ...['web_push_subscription', 'lists', 'companies', 'most_active_time', 'attributes'],
])
export const writableFields: ReadonlySet<string> = new Set([
  ...Object.keys(fields),
  ...Object.keys(special.entries),
])

/** What the body of a request says of a user, or what is wrong with it. */
export function readUser(call: Call): UserForm | { errors: FieldErrors } {
  const body = withNewNames(call, oldNames.user)
  const entries = Object.entries(body)
  const isStandard = ([name]: [string, unknown]): boolean => Object.hasOwn(fields, name)
  const custom = readCustom(
    call,
    'clientuser',
    entries.filter(([name]) => !writableFields.has(name) && !readOnlyFields.has(name)),
  )
  const errors = custom.errors
  const read = v.safeParse(special, body)
  for (const { path, message } of read.issues ?? []) errors[String(path?.[0]?.key)] = [message]

  const values = entries.filter(isStandard).flatMap(([name, given]): [string, unknown][] => {
    const { value, error } = readField(call, name as keyof typeof fields, given)
    if (error === undefined) return [[name, value]]
    errors[name] = [error]
    return []
  })
  const companies = read.success ? companiesOf(call, read.output) : new Map<string, CompanyRow>()
  for (const [name, company] of companies) if (!company) errors[name] = ['There is no company of this id.']

  if (!read.success || Object.keys(errors).length > 0) return { errors }
  const { output } = read
  return {
    customId: output.custom_id,
    status: (output.status ?? undefined) as UserForm['status'],
    fields: values,
    tags: output.tags ?? [],
    companies: [...companies.values()].flatMap((company) => company ?? []),
    custom,
    readOnly: entries.filter(([name]) => readOnlyFields.has(name)),
  }
}

/** The company that each field of the body names; `undefined` if none has the id. */
function companiesOf(
  { store, app }: Call,
  { company_id, company_custom_id }: v.InferOutput<typeof special>,
): Map<string, CompanyRow | undefined> {
  const companies = new Map<string, CompanyRow | undefined>()
  if (company_id != null) companies.set('company_id', store.companies.byId(app.id, company_id))
  if (company_custom_id !== undefined)
    companies.set('company_custom_id', store.companies.find(app.id, company_custom_id))
  return companies
}

function readField(
  { switches }: Call,
  name: keyof typeof fields,
  given: unknown,
): { value?: unknown; error?: string } {
  if (given === null) {
    return switches.nullField === 'refuse' ? { error: 'This field may not be null.' } : { value: null }
  }
  const read = v.safeParse(fields[name], given)
  if (!read.success) return { error: read.issues[0].message }
  const doubt = name === 'phone_number' && switches.phone === 'e164' && doubtOf(name, read.output)
  return doubt ? { error: doubt } : { value: read.output }
}
