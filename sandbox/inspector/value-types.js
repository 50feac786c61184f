/** @import { AttributeDefinition } from '../api-types.ts' */

/**
 * The types that an attribute may be defined with, each explained.
 *
 * @type {Record<AttributeDefinition['value_type'], string>}
 */
export const valueTypes = {
  string: 'any text',
  integer: 'a whole number',
  float: 'a number',
  number: 'integer or float',
  boolean: 'true or false',
  date: 'a day',
  datetime: 'a day and time',
  fixed: 'one of your choices',
  json: 'any JSON',
}
