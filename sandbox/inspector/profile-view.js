/** @import { App, Profile } from './shapes.js' */
/** @import { Api } from './api.js' */
import { createCollection } from './collection.js'
import { profileKey } from './profile-key.js'
import { profilePage } from './profile-page.js'
import { profileRow } from './profile-row.js'

/** @param {{ app: App, api: Api }} parts */
export function createProfileView({ app, api }) {
  return createCollection({
    app,
    section: 'profiles',
    title: 'Profiles',
    load: async () => (await api.profiles()).sort(latestFirst),
    keyOf: profileKey,
    row: profileRow,
    page: async (profile) => {
      const id = profileKey(profile)
      const [occurrences, pageViews] = await Promise.all([api.occurrences(id), api.pageViews(id)])
      return profilePage(profile, occurrences, pageViews)
    },
  })
}

/** @param {Profile} a @param {Profile} b */
const latestFirst = (a, b) => (b.last_seen ?? '').localeCompare(a.last_seen ?? '') || b.id - a.id
