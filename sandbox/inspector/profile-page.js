/** @import { Membership, PersonDetail, Profile } from '../api-types.ts' */
import { activityChart } from './activity-chart.js'
import { ago } from './clock.js'
import { element } from './element.js'
import { fieldList } from './field-list.js'
import { profileTitle } from './profile-title.js'
import { hrefTo } from './route.js'
import { timeline } from './timeline.js'

/**
 * The page of one person: activity, fields, companies and timeline.
 *
 * @param {PersonDetail} person
 */
export function profilePage({ profile, fields, sources, rest, moments, hours }) {
  const title = profileTitle(profile)
  const total = hours.reduce((sum, { events, views, products }) => sum + events + views + products, 0)
  return element(
    'article',
    { class: 'detail profile', 'aria-label': `Profile: ${title}`, 'data-testid': 'profile-page' },
    element(
      'header',
      {},
      element('span', { class: 'initial', 'aria-hidden': 'true' }, [...title][0]?.toUpperCase()),
      element('h2', {}, title),
    ),
    hours.length > 0 && element('h3', {}, 'Activity'),
    hours.length > 0 && activityChart(hours),
    element('h3', {}, 'Profile'),
    fieldsOf(profile, fields.standard, sources),
    element('h3', {}, 'Custom attributes'),
    fields.custom.length > 0
      ? fieldsOf(profile, fields.custom, sources)
      : nothing('None. Every trait and REST key that is not a standard field becomes one.'),
    element('h3', {}, 'Companies'),
    profile.companies.length > 0
      ? companies(profile.companies)
      : nothing('None. A group call or a REST request adds one.'),
    element('h3', {}, 'Browser and device'),
    fieldsOf(profile, fields.context, sources),
    element('h3', {}, 'REST API'),
    fieldList(
      [
        ['user_key', rest.user_key],
        ['status', rest.status],
        ['tags', rest.tags.length > 0 ? rest.tags.join(', ') : null],
      ],
      'profile-rest',
    ),
    element('h3', {}, 'Timeline'),
    timeline(moments, total),
  )
}

/**
 * @param {Profile} profile
 * @param {readonly string[]} names
 * @param {PersonDetail['sources']} sources
 */
const fieldsOf = (profile, names, sources) =>
  fieldList(
    names.map((name) => [name, profile[name]]),
    'profile-field',
    sources,
  )

/** @param {Membership[]} memberships */
function companies(memberships) {
  const items = memberships.map(({ id, custom_id, name, member_since }) =>
    element(
      'li',
      { 'data-testid': 'profile-company' },
      element('a', { href: hrefTo('companies', custom_id ?? String(id)) }, name ?? custom_id),
      element('span', { class: 'aside' }, `joined ${ago(member_since)}`),
    ),
  )
  return element('ul', { class: 'plain' }, ...items)
}

/** @param {string} words */
const nothing = (words) => element('p', { class: 'nothing' }, words)
