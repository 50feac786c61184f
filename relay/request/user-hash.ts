import type { Message } from '../../protocol/message.ts'

const hmac = { name: 'HMAC', hash: 'SHA-256' }

/**
 * For `verify`: takes a message only with `context.userHash`, the hex HMAC-SHA256 of its `userId`, which your backend
 * puts into the page. So nobody writes into the profile of a user whose id he knows.
 *
 * @param secret known to your backend and to the relay, never to a page
 */
export function userHash(secret: string): (message: Message) => Promise<boolean> {
  if (typeof secret !== 'string' || secret === '') {
    throw new TypeError(
      '[userengage-relay] userHash needs a secret, got none; is the environment variable set?',
    )
  }
  const utf8 = new TextEncoder()
  const key = crypto.subtle.importKey('raw', utf8.encode(secret), hmac, false, ['verify'])
  return async ({ userId, context }) => {
    const hash = context?.userHash
    if ((typeof userId !== 'string' && typeof userId !== 'number') || userId === '') return false
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/i.test(hash)) return false
    const bytes = Uint8Array.from(hash.match(/../g) as string[], (pair) => Number.parseInt(pair, 16))
    // Compares in constant time.
    return crypto.subtle.verify(hmac, await key, bytes, utf8.encode(String(userId)))
  }
}
