import * as v from 'valibot'
import type { Call, FieldErrors } from './call.ts'
import { readCustom } from './custom-values.ts'
import { customId, integer, names, strictText, text } from './forms.ts'
import { oldNames, withNewNames } from './names.ts'
import type { RecordForm } from './record-writes.ts'

/** Fields that a request may write, https://apidocs.user.com/companies/update-company.html. */
const fields = {
  name: text(),
  address: strictText(),
  city: text(64),
  country: text(),
  region: text(),
  postal_code: text(),
  description: text(),
  email: text(),
  category: text(),
  phone_numbers: v.array(text(64), 'Expected a list of phone numbers.'),
  size: integer,
  assigned_to: integer,
}
const special = v.object({ custom_id: customId, tags: v.nullish(names) })

const readOnlyFields: ReadonlySet<string> = new Set([
  'id',
  'employees',
  'members',
  'created_at',
  'updated_at',
  'attributes',
])
/** Names of the answer that are no custom attributes, those that the Segment endpoint fills among them. */
export const companyNames: ReadonlySet<string> = new Set([
  ...Object.keys(fields),
  ...Object.keys(special.entries),
  ...readOnlyFields,
  'phone',
])

/** What the body of a request says of a company, or what is wrong with it. */
export function readCompany(call: Call): RecordForm | { errors: FieldErrors } {
  const body = withNewNames(call, oldNames.company)
  const entries = Object.entries(body)
  const custom = readCustom(
    call,
    'company',
    entries.filter(([name]) => !companyNames.has(name)),
  )
  const errors = custom.errors
  const read = v.safeParse(special, body)
  for (const { path, message } of read.issues ?? []) errors[String(path?.[0]?.key)] = [message]
  const values: RecordForm['fields'] = []
  for (const [name, given] of entries) {
    const form = Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : undefined
    if (!form) continue
    const field = given === null ? { success: true as const, output: null } : v.safeParse(form, given)
    if (!field.success) errors[name] = [field.issues[0].message]
    else if (given === null && call.switches.nullField === 'refuse')
      errors[name] = ['This field may not be null.']
    else values.push(...keptAs(name, field.output))
  }
  if (!read.success || Object.keys(errors).length > 0) return { errors }
  return {
    customId: read.output.custom_id,
    fields: values,
    tags: read.output.tags ?? [],
    custom,
    readOnly: entries.filter(([name]) => readOnlyFields.has(name)),
  }
}

/** `size` is what a `group` message calls employees, and the first phone number its phone. */
function keptAs(name: string, value: unknown): [string, unknown][] {
  if (name === 'size') return [['employees', value]]
  if (name !== 'phone_numbers') return [[name, value]]
  const [phone = null] = (value ?? []) as string[]
  return [
    ['phone', phone],
    ['phone_numbers', value],
  ]
}
