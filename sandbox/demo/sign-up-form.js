import { element } from '../inspector/element.js'
import { choice, field, form } from './field.js'
import { samplePerson } from './samples.js'

/** @param {(userId: string, traits: Record<string, unknown>) => void} signUp */
export function signUpForm(signUp) {
  const { firstName, lastName, email, phone, gender, city, country } = samplePerson()
  const genders = [gender, ...['female', 'male', 'other'].filter((one) => one !== gender)]
  return form(
    'Sign up',
    (values) => signUp(userIdOf(values.email ?? ''), traitsOf(values)),
    field('First name', 'firstName', firstName, { autocomplete: 'off', required: true }),
    field('Last name', 'lastName', lastName, { autocomplete: 'off' }),
    field('Email', 'email', email, { type: 'email', autocomplete: 'off', required: true }),
    field('Phone', 'phone', phone, { type: 'tel', autocomplete: 'off' }),
    choice('Gender', 'gender', genders),
    field('City', 'city', city, { autocomplete: 'off' }),
    field('Country', 'country', country, { autocomplete: 'off' }),
    element('button', { type: 'submit', class: 'main' }, 'Sign up'),
  )
}

/** The same person gets the same id whenever they come back. @param {string} email */
const userIdOf = (email) =>
  email
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'somebody'

/** @param {Record<string, string>} values */
function traitsOf({ city, country, ...traits }) {
  return { ...traits, address: { ...(city && { city }), ...(country && { country }) } }
}
