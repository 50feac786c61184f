/** @import { Person, Profile } from '../api-types.ts' */

/** The title of a profile: its name, or else its email or id. @param {Profile | Person} profile */
export function profileTitle(profile) {
  const { name, email, custom_id, id } = profile
  const names =
    'first_name' in profile ? [profile.first_name, profile.last_name].filter(Boolean).join(' ') : ''
  return String(names || name || email || custom_id || id)
}
