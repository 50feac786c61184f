import { customIdOf } from '../../protocol/form.ts'
import type { Message } from '../../protocol/message.ts'
import { type Failure, withId } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import { type Attempt, type Person, sendFields } from './attempt.ts'

export const personOf = ({ userId, anonymousId }: Message): Person => ({
  customId: customIdOf({ userId, anonymousId }) as string,
  isIdentified: customIdOf({ userId }) !== undefined,
})

/**
 * Creates or updates the user. REST's status 2 is a user, 1 a visitor: an identified profile is marked, so that no other
 * visitor's sign-up takes it over.
 */
export async function saveUser(
  attempt: Attempt,
  fields: object = {},
): Promise<{ kind: 'ok'; id: number } | Failure> {
  const { customId, isIdentified } = attempt.person
  const body = { ...fields, ...(isIdentified && { status: 2 }), custom_id: customId }
  return withId(await sendFields(attempt, 'POST', 'users/update_or_create/', body, ['custom_id']), 'the user')
}

/** Where REST has this user; by its own id where a path cannot hold the customer's. */
export async function userPath(attempt: Attempt): Promise<{ kind: 'ok'; path: string } | Failure> {
  const segment = pathSegment(attempt.person.customId)
  if (segment) return { kind: 'ok', path: `users-by-id/${segment}/` }
  const saved = await saveUser(attempt)
  return saved.kind === 'ok' ? { kind: 'ok', path: `users/${saved.id}/` } : saved
}
