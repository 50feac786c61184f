/** @import { Person, Profile } from '../api-types.ts' */

/** What a person would call a profile. @param {Profile | Person} profile */
export function profileTitle(profile) {
  const { name, email, custom_id, id } = profile
  const names =
    'first_name' in profile ? [profile.first_name, profile.last_name].filter(Boolean).join(' ') : ''
  return String(names || name || email || custom_id || id)
}
