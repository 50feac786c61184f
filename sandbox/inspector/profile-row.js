/** @import { Person } from '../api-types.ts' */
import { ago } from './clock.js'
import { element } from './element.js'
import { profileTitle } from './profile-title.js'

/**
 * @param {Person} profile
 * @param {(key: string) => string} hrefOf
 */
export function profileRow(profile, hrefOf) {
  const key = profile.custom_id ?? profile.user_key
  const title = profileTitle(profile)
  const second = [profile.email, key].find((words) => words && words !== title)
  return element(
    'li',
    {},
    element(
      'a',
      { class: 'row', href: hrefOf(key), 'data-key': key, 'data-testid': 'profile-row' },
      element('span', { class: 'initial', 'aria-hidden': 'true' }, [...title][0]?.toUpperCase()),
      element(
        'span',
        { class: 'words' },
        element('span', { class: 'first' }, title),
        element('span', { class: 'second' }, second ?? ''),
      ),
      element(
        'span',
        { class: 'figures' },
        element('span', {}, ago(profile.last_seen)),
        element('span', {}, profile.page_views === 1 ? '1 page view' : `${profile.page_views} page views`),
      ),
    ),
  )
}
