/** @typedef {{ id: number, custom_id: string | null, name?: unknown }} ProductName a name may be any JSON */

/** The title of a product: its name, or else its id. @param {ProductName} product */
export function productTitle({ name, custom_id, id }) {
  if (name == null || name === '') return custom_id ?? `Product ${id}`
  return typeof name === 'string' ? name : JSON.stringify(name)
}

/** The id of a product in the URL of its page. @param {ProductName} product */
export const productKey = ({ custom_id, id }) => custom_id ?? String(id)
