/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { createCollection } from './collection.js'
import { createProfileConditions } from './profile-conditions.js'
import { profilePage } from './profile-page.js'
import { profileRow } from './profile-row.js'

/** @param {{ app: App, api: Api }} parts */
export function createProfileView({ app, api }) {
  return createCollection({
    app,
    section: 'profiles',
    title: 'Profiles',
    conditions: createProfileConditions(api),
    load: (query) => api.people(complete(query)),
    row: profileRow,
    read: api.person,
    page: profilePage,
  })
}

/** Drops the attribute without a value: the form is not filled in yet. @param {URLSearchParams} query */
function complete(query) {
  const wanted = new URLSearchParams(query)
  if (!wanted.get('value')) wanted.delete('attribute')
  return wanted
}
