/** @import { App, Profile } from './shapes.js' */
/** @import { Api } from './api.js' */
import { createCollection } from './collection.js'
import { element } from './element.js'
import { profileKey } from './profile-key.js'
import { profilePage } from './profile-page.js'
import { profileRow } from './profile-row.js'
import { timeline } from './timeline.js'

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
      const activity = await Promise.all([api.occurrences(id), api.pageViews(id)]).then(
        ([occurrences, pageViews]) => timeline(occurrences, pageViews),
        // The rest is worth showing all the same. A user called `..`, for one, has no address that a browser would keep.
        () => element('p', { class: 'nothing' }, 'The timeline could not be read.'),
      )
      return profilePage(profile, activity)
    },
  })
}

/** @param {Profile} a @param {Profile} b */
const latestFirst = (a, b) => (b.last_seen ?? '').localeCompare(a.last_seen ?? '') || b.id - a.id
