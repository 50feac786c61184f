/**
 * Keys of one account in a store that may hold others'. An id is a stranger's text of any length: its hash is not.
 */
export function createKeys(account: string) {
  return async (purpose: string, id: string): Promise<string> => {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id))
    const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
    return `userengage-relay:${account}:${purpose}:${hex}`
  }
}
