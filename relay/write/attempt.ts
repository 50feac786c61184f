import type { CheckedOptions } from '../checked-options.ts'
import type { Store } from '../delivery/ports.ts'
import type { Omit } from '../delivery/result.ts'
import type { RestAnswer } from '../rest/answer.ts'
import type { Call } from '../rest/client.ts'
import type { Definitions } from './definitions.ts'

/** What the relay knows of the account, and how it is to be written. */
export interface Account
  extends Pick<CheckedOptions, 'contextAttributes' | 'pageViews' | 'products' | 'stitch'> {
  /** Until User.com says that it has none. */
  siteViews: boolean
  store: Store
  /** Of this account in the store. */
  keyOf(purpose: string, id: string): Promise<string>
  /** How long a claim in the store lasts. */
  claimSeconds: number
  definitions: Definitions
  tell(sentence: string): void
}

/** Whose message it is. */
export interface Person {
  customId: string
  /** By a userId, not only by an anonymousId. */
  isIdentified: boolean
}

/** One try to write a message. */
export interface Attempt {
  account: Account
  /** Whose message it is. */
  person: Person
  /** Within the time that the message has. */
  call: Call
  /** Makes a call that must not be made twice; in a later attempt, one that has succeeded is passed over. */
  once(step: () => Promise<RestAnswer>): Promise<RestAnswer>
  omit: Omit
}

const tries = 5

/**
 * Sends fields, and again without those that User.com's 400 names: one odd value must not cost the others.
 *
 * @param needed fields without which the call has no meaning
 */
export async function sendFields(
  { call, omit }: Attempt,
  method: 'POST' | 'PUT',
  path: string,
  fields: object,
  needed: readonly string[],
): Promise<RestAnswer> {
  let sent = fields
  for (let again = 0; ; again++) {
    const answer = await call(method, path, sent)
    if (answer.kind !== 'refused' || again === tries) return answer
    const isOdd = (name: string): boolean => answer.fields.includes(name) && !needed.includes(name)
    const odd = Object.keys(sent).filter(isOdd)
    if (odd.length === 0) return answer
    for (const name of odd) omit(name, 'refused by User.com')
    sent = Object.fromEntries(Object.entries(sent).filter(([name]) => !isOdd(name)))
  }
}
