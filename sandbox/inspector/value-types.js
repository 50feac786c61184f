/** The types that an attribute may be defined with, and what a value of each is. */
export const valueTypes = /** @type {const} */ ([
  ['string', 'any text'],
  ['integer', 'a whole number'],
  ['float', 'a number'],
  ['number', 'integer or float'],
  ['boolean', 'true or false'],
  ['date', 'a day'],
  ['datetime', 'a day and time'],
  ['fixed', 'one of your choices'],
  ['json', 'any JSON'],
])
