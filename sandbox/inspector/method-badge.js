import { element } from './element.js'

/** @param {string} method */
export const methodBadge = (method) => element('span', { class: 'type rest', title: 'REST API' }, method)
