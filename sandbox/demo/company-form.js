import { element } from '../inspector/element.js'
import { choice, field, form } from './field.js'
import { sampleCompany } from './samples.js'

/** @param {(groupId: string, traits: Record<string, unknown>) => void} join */
export function companyForm(join) {
  const { name, employees, email, phone, plan } = sampleCompany
  return form(
    'Join a company',
    (values) => join(groupIdOf(values.name ?? ''), traitsOf(values)),
    field('Company', 'name', name, { autocomplete: 'off', required: true }),
    field('Employees', 'employees', employees, { type: 'number', min: '1' }),
    field('Company email', 'email', email, { type: 'email', autocomplete: 'off' }),
    field('Company phone', 'phone', phone, { type: 'tel', autocomplete: 'off' }),
    choice('Plan', 'plan', [plan, 'Just the beans', 'Everything, daily']),
    element('button', { type: 'submit', class: 'main' }, 'Join company'),
  )
}

/** @param {string} name */
const groupIdOf = (name) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'company'

/** @param {Record<string, string>} values */
const traitsOf = ({ employees, ...traits }) => ({
  ...traits,
  ...(employees && { employees: Number(employees) }),
})
