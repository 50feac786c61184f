/** The fields that name a message, or the event that it will be made of. */
export interface Named {
  type: string
  messageId?: unknown
  event?: unknown
  name?: unknown
  groupId?: unknown
  userId?: unknown
  properties?: unknown
}

/**
 * Names a message for people, in one line: the end of its id, its type and name, and whose it is.
 *
 * @example
 * labelOf({ type: 'track', event: 'Signed Up', messageId: 'ajs-next-1f0c', userId: 'ada' })
 * // #1f0c track "Signed Up" (ada)
 */
export function labelOf(message: Named): string {
  const { type, messageId, userId } = message
  const id = String(messageId).slice(-4)
  return [`#${id}`, type, ...nameOf(message), `(${userId ?? 'anonymous'})`].join(' ')
}

function nameOf({ event, name, groupId, properties }: Named): string[] {
  const given = event ?? name ?? groupId
  if (given !== undefined) return [JSON.stringify(given)]
  const path = (properties as { path?: unknown } | undefined)?.path
  return typeof path === 'string' ? [path] : []
}
