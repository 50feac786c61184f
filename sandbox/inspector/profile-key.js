/** @import { Profile } from './shapes.js' */

/** What stands for a profile in an address. @param {Profile} profile */
export const profileKey = ({ custom_id, id }) => custom_id ?? String(id)

/** What a person would call it. @param {Profile} profile */
export function profileTitle({ name, first_name, last_name, email, custom_id, id }) {
  const names = [first_name, last_name].filter(Boolean).join(' ')
  return String(names || name || email || custom_id || id)
}
