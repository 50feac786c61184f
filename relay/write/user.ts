import type { Message } from '../../protocol/message.ts'
import { type Failure, idOf, present, withoutId } from '../rest/answer.ts'
import { pathSegment } from '../rest/path.ts'
import { type Attempt, sendFields } from './attempt.ts'

/** Whose message it is. */
export interface Person {
  customId: string
  /** By a userId, not only by an anonymousId. */
  isIdentified: boolean
}

export function personOf({ userId, anonymousId }: Message): Person {
  const id = (userId ?? '') !== '' ? userId : anonymousId
  return { customId: String(id), isIdentified: id === userId }
}

/**
 * Creates or updates the user. REST's status 2 is a user, 1 a visitor: an identified profile is marked, so that no other
 * visitor's sign-up takes it over.
 */
export async function saveUser(
  attempt: Pick<Attempt, 'call' | 'omit'>,
  { customId, isIdentified }: Person,
  fields: object = {},
): Promise<{ kind: 'ok'; id: number } | Failure> {
  const body = { ...fields, ...(isIdentified && { status: 2 }), custom_id: customId }
  const path = 'users/update_or_create/'
  const answer = present(await sendFields(attempt, 'POST', path, body, ['custom_id']), path)
  if (answer.kind !== 'ok') return answer
  const id = idOf(answer.body)
  return id === undefined ? withoutId('the user') : { kind: 'ok', id }
}

/** Where REST has this user; by its own id where a path cannot hold the customer's. */
export async function userPath(
  attempt: Attempt,
  person: Person,
): Promise<{ kind: 'ok'; path: string } | Failure> {
  const segment = pathSegment(person.customId)
  if (segment) return { kind: 'ok', path: `users-by-id/${segment}/` }
  const saved = await saveUser(attempt, person)
  return saved.kind === 'ok' ? { kind: 'ok', path: `users/${saved.id}/` } : saved
}
