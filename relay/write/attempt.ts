import type { Omit } from '../fields/omitted.ts'
import type { RestAnswer } from '../rest/answer.ts'
import type { Call } from '../rest/client.ts'

/** One try to write a message. */
export interface Attempt {
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
  { call, omit }: Pick<Attempt, 'call' | 'omit'>,
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
