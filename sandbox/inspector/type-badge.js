import { element } from './element.js'

/** @param {string | null} type */
export function typeBadge(type) {
  const known = ['identify', 'page', 'track', 'group', 'product'].find((name) => name === type) ?? 'other'
  return element('span', { class: `type ${known}`, 'data-testid': 'message-type' }, type ?? '?')
}
