/** @import { Profile } from './shapes.js' */
import { ago } from './clock.js'
import { element } from './element.js'
import { profileKey, profileTitle } from './profile-key.js'
import { hrefTo } from './route.js'

/** @param {Profile} profile */
export function profileRow(profile) {
  const key = profileKey(profile)
  const title = profileTitle(profile)
  const second = [profile.email, key].find((words) => words && words !== title)
  return element(
    'li',
    {},
    element(
      'a',
      { class: 'row', href: hrefTo('profiles', key), 'data-key': key, 'data-testid': 'profile-row' },
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
