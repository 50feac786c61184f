import { element } from './element.js'

/**
 * A line of a `dl`: a term and its value.
 *
 * @param {string} term
 * @param {string} testId
 * @param {...import('./element.js').Child} value
 */
export const pair = (term, testId, ...value) => [
  element('dt', {}, term),
  element('dd', { 'data-testid': testId }, ...value),
]
