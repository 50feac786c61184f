import { isObject } from '../../protocol/json-object.ts'

/** What an error's body says: a sentence, and the fields it names. */
export interface ErrorBody {
  message: string | undefined
  fields: string[]
}

/**
 * Reads the bodies of errors that clients of User.com have met: `{"detail": "…"}`, `{"errors": …}`, and per field
 * `{"phone_number": ["…"]}`, the default of Django REST Framework. Anything else, such as a page of HTML, says nothing.
 */
export function readErrorBody(text: string): ErrorBody {
  const body = parsed(text)
  if (!isObject(body)) return { message: undefined, fields: [] }
  const { detail, message, errors, ...named } = body
  const perField = isObject(errors) ? errors : named
  const said = [detail, message, errors].find((words) => typeof words === 'string')
  const all = Object.entries(perField).map(([field, words]) => `${field}: ${sentence(words)}`)
  return {
    message: (said as string | undefined) ?? (all.join('; ') || undefined),
    fields: Object.keys(perField),
  }
}

const sentence = (words: unknown): string =>
  Array.isArray(words)
    ? words.map(sentence).join(' ')
    : typeof words === 'string'
      ? words
      : JSON.stringify(words)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
