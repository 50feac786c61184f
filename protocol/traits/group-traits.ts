import type { JsonObject } from '../message.ts'
import { fieldNames, renameFields } from './field-names.ts'

const companyFields = fieldNames({
  address: [],
  description: [],
  email: [],
  employees: ['employeeCount'],
  name: [],
  phone: ['phoneNumber'],
})

/**
 * The traits of `group` under the names that UserEngage maps for a company. `address` is left as given, and every
 * other trait is the customer's own attribute.
 *
 * @example
 * groupTraits({ Name: 'Acme', employee_count: 42, plan: 'team' }) // { name: 'Acme', employees: 42, plan: 'team' }
 */
export const groupTraits = (traits: JsonObject): JsonObject => renameFields(traits, companyFields)
