import type { UserRow } from '../database/users.ts'
import type { Call } from './call.ts'
import { customAnswer } from './custom-answer.ts'
import { oldNames, withOldNames } from './names.ts'
import { readOnlyFields, writableFields } from './user-form.ts'

/** A user as the REST API shows it (https://apidocs.user.com/users/create-user.html). */
export function userAnswer(call: Call, { id }: Pick<UserRow, 'id'>): object {
  const { store, app } = call
  const row = store.users.byId(app.id, id) as UserRow
  const values = store.attributes.all('user', id)
  const { companies, name } = store.users.toProfile(row, values)
  const value = (field: string): unknown => values.get(field) ?? null
  const standard = {
    id,
    custom_id: row.custom_id,
    user_key: row.user_key,
    email: value('email'),
    name,
    first_name: value('first_name'),
    last_name: value('last_name'),
    phone_number: value('phone_number'),
    gender: value('gender') ?? 'unknown',
    status: row.status,
    country: value('country'),
    region: value('region'),
    city: value('city'),
    timezone: value('timezone'),
    browser: value('browser_family'),
    browser_language: value('language'),
    os_type: value('os'),
    resolution: value('resolution'),
    last_ip: value('ip_address'),
    first_seen: row.first_seen,
    last_seen: row.last_seen,
    last_contacted: null,
    created_at: row.created_at,
    updated_at: row.updated_at,
    page_views: row.page_views,
    score: value('score') ?? 0,
    notifications: value('notifications') ?? true,
    unsubscribed: value('unsubscribed') ?? false,
    web_push_subscription: false,
    most_active_time: null,
    assigned_to: value('assigned_to'),
    facebook_url: value('facebook_url'),
    linkedin_url: value('linkedin_url'),
    twitter_url: value('twitter_url'),
    google_url: value('google_url'),
    gravatar_url: value('gravatar_url'),
    tags: store.tags.of('user', id),
    lists: [],
    companies: companies.map(({ id, name, member_since }) => ({ id, name, member_since })),
  }
  const custom = [...values].filter(([name]) => !writableFields.has(name) && !readOnlyFields.has(name))
  return {
    ...customAnswer(call, 'clientuser', custom),
    ...(call.version === 2 ? standard : withOldNames(standard, oldNames.user)),
  }
}
