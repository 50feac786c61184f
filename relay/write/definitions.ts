import { isObject } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import { convert, type ValueType, valueTypes } from '../../protocol/values/convert.ts'
import type { Omit } from '../fields/omitted.ts'
import { type Failure, present } from '../rest/answer.ts'
import type { Call } from '../rest/client.ts'

type ContentType = 'clientuser' | 'company'
interface Definition {
  name: string
  name_std?: string
  content_type: string
  value_type: string
  choices?: unknown
}
type Known = ReadonlyMap<string, Definition>

const freshMs = 10 * 60_000
const hourMs = 60 * 60_000
const newPerHour = 50
const longestName = 32
const mostPages = 100

export type Definitions = ReturnType<typeof createDefinitions>

/**
 * The account's attributes. By UserEngage's page a value is converted to the type of its attribute and ignored where it
 * cannot be, and what is not defined is created as a text.
 */
export function createDefinitions(
  mode: 'create' | 'known',
  own: Iterable<string>,
  tell: (sentence: string) => void,
) {
  const ownNames = new Set(own)
  let known: Known | undefined
  let readAt = 0
  let created: number[] = []

  /** `undefined`: the token may write only, and nobody knows what is defined. */
  async function read(
    call: Call,
    afresh: boolean,
  ): Promise<{ kind: 'ok'; known: Known | undefined } | Failure> {
    if (!afresh && Date.now() - readAt < freshMs) return { kind: 'ok', known }
    const listed = await list(call)
    if (listed.kind === 'ok') known = new Map(listed.definitions.flatMap(entriesOf))
    else if (listed.kind === 'misconfigured' && listed.status === 403) {
      known = undefined
      tell(
        'The token may not read attributes: values go to User.com as they are, and it decides about their types.',
      )
    } else return listed
    readAt = Date.now()
    return { kind: 'ok', known }
  }

  async function define(call: Call, type: ContentType, name: string): Promise<Definition | string | Failure> {
    if ([...name].length > longestName) return `a name longer than ${longestName} characters`
    if (mode === 'known') return 'not defined in User.com'
    created = created.filter((time) => time > Date.now() - hourMs)
    if (!ownNames.has(name) && created.length >= newPerHour)
      return `more than ${newPerHour} new attributes within an hour`
    const definition = { content_type: type, name, value_type: 'string' }
    const answer = present(await call('POST', 'attributes/', definition), 'attributes/')
    if (answer.kind === 'refused') {
      // Another instance was first, perhaps.
      const again = await read(call, true)
      if (again.kind !== 'ok') return again
      return again.known?.get(keyOf(type, name)) ?? 'refused by User.com as the name of an attribute'
    }
    if (answer.kind !== 'ok') return answer
    if (!ownNames.has(name)) created.push(Date.now())
    for (const [key, value] of entriesOf(definition)) (known as Map<string, Definition>).set(key, value)
    return definition
  }

  return {
    /** Values as their attributes want them; `cleared` are those that are to be removed. */
    async prepare(
      call: Call,
      type: ContentType,
      given: JsonObject,
      omit: Omit,
    ): Promise<{ kind: 'ok'; values: JsonObject; cleared: string[] } | Failure> {
      const values: [string, unknown][] = []
      const cleared: string[] = []
      const names = Object.keys(given)
      if (names.length === 0) return { kind: 'ok', values: {}, cleared }
      const current = await read(call, false)
      if (current.kind !== 'ok') return current
      for (const [name, value] of Object.entries(given)) {
        if (!name) continue
        if (value === null) {
          if (!current.known || current.known.has(keyOf(type, name))) cleared.push(name)
          continue
        }
        const definition = current.known
          ? (current.known.get(keyOf(type, name)) ?? (await define(call, type, name)))
          : undefined
        if (typeof definition === 'string') omit(name, definition)
        else if (definition && 'kind' in definition) return definition
        else {
          const held = definition ? heldAs(value, definition) : convertUnknown(value)
          if ('value' in held) values.push([name, held.value])
          else omit(name, held.reason)
        }
      }
      return { kind: 'ok', values: Object.fromEntries(values) as JsonObject, cleared }
    },
  }
}

const isDefinition = (entry: unknown): entry is Definition =>
  isObject(entry) && typeof entry.name === 'string'

const keyOf = (type: string, name: string): string => `${type}:${name}`

/** REST knows an attribute by its name and by its `name_std`. */
const entriesOf = (definition: Definition): [string, Definition][] =>
  [definition.name, definition.name_std].flatMap((name) =>
    name === undefined ? [] : [[keyOf(definition.content_type, name), definition]],
  )

function heldAs(value: unknown, { value_type, choices }: Definition) {
  const texts = Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : []
  const isUnknown = !(valueTypes as readonly string[]).includes(value_type)
  if (isUnknown || (value_type === 'fixed' && texts.length === 0)) return { value }
  return convert(value, value_type as ValueType, texts)
}

const convertUnknown = (value: unknown) => (typeof value === 'object' ? convert(value, 'string') : { value })

/** All pages. The address of the next is User.com's own text: only its query is taken, so that the token goes nowhere else. */
async function list(call: Call): Promise<{ kind: 'ok'; definitions: Definition[] } | Failure> {
  const definitions: Definition[] = []
  let query: string | undefined = ''
  for (let page = 0; query !== undefined && page < mostPages; page++) {
    const answer = await call('GET', `attributes/${query}`)
    // A `next` may lead to a page that is none.
    if (answer.kind === 'missing' && page > 0) break
    const found = present(answer, 'attributes/')
    if (found.kind !== 'ok') return found
    const { results, next } = (found.body ?? {}) as { results?: unknown; next?: unknown }
    if (!Array.isArray(results))
      return { kind: 'later', status: 503, message: 'User.com answered without a list of attributes.' }
    definitions.push(...results.filter(isDefinition))
    query = typeof next === 'string' && URL.canParse(next) ? new URL(next).search || undefined : undefined
  }
  return { kind: 'ok', definitions }
}
