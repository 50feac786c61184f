import { isObject } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import type { Conversion } from '../../protocol/values/conversion.ts'
import { convert, type ValueType, valueTypes } from '../../protocol/values/convert.ts'
import type { Omit } from '../delivery/result.ts'
import { type Failure, present, waits } from '../rest/answer.ts'
import type { Call } from '../rest/client.ts'

type ContentType = 'clientuser' | 'company'
interface Definition {
  name: string
  name_std?: string
  content_type: string
  value_type: string
  choices?: unknown
}
/** Values as their attributes want them; `cleared` are those that are to be removed. */
interface Prepared {
  kind: 'ok'
  values: JsonObject
  cleared: string[]
}

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
  /** `undefined`: the token may write only, and nobody knows what is defined. */
  let known: Map<string, Definition> | undefined
  let readAt = 0
  let reading: Promise<Failure | undefined> | undefined
  const created = new Set<{ at: number }>()

  async function read(call: Call): Promise<Failure | undefined> {
    const listed = await list(call)
    if (listed.kind === 'ok') known = new Map(listed.definitions.flatMap(entriesOf))
    else if (listed.said === 403) {
      known = undefined
      tell(
        'The token may not read attributes: values go to User.com as they are, and it decides about their types.',
      )
    } else return listed
    readAt = Date.now()
    return undefined
  }

  /** Messages that come together read once. */
  function refresh(call: Call): Promise<Failure | undefined> {
    reading ??= read(call).finally(() => {
      reading = undefined
    })
    return reading
  }

  async function define(
    call: Call,
    type: ContentType,
    name: string,
  ): Promise<Definition | { reason: string } | Failure> {
    if ([...name].length > longestName) return { reason: `a name longer than ${longestName} characters` }
    if (mode === 'known') return { reason: 'not defined in User.com' }
    const place = takePlace(name)
    if (!place) return { reason: `more than ${newPerHour} new attributes within an hour` }
    const definition = { content_type: type, name, value_type: 'string' }
    const answer = present(await call('POST', 'attributes/', definition))
    if (answer.kind === 'ok') {
      known?.set(keyOf(type, name), definition)
      return definition
    }
    created.delete(place)
    if (answer.kind !== 'refused') return answer
    // Another instance was first, perhaps.
    const failure = await refresh(call)
    return (
      failure ??
      known?.get(keyOf(type, name)) ?? { reason: 'refused by User.com as the name of an attribute' }
    )
  }

  /** Taken before the call, as others are under way: so many new attributes within an hour, but for the relay's own. */
  function takePlace(name: string): { at: number } | undefined {
    const place = { at: Date.now() }
    if (ownNames.has(name)) return place
    for (const other of created) if (other.at < place.at - hourMs) created.delete(other)
    if (created.size >= newPerHour) return undefined
    created.add(place)
    return place
  }

  return {
    async prepare(
      { call, omit }: { call: Call; omit: Omit },
      type: ContentType,
      given: JsonObject,
    ): Promise<Prepared | Failure> {
      const values: [string, unknown][] = []
      const cleared: string[] = []
      const named = Object.entries(given).filter(([name]) => name !== '')
      if (named.length > 0 && Date.now() - readAt >= freshMs) {
        const failure = await refresh(call)
        if (failure) return failure
      }
      for (const [name, value] of named) {
        const definition = known?.get(keyOf(type, name))
        if (value === null) {
          if (definition || !known) cleared.push(name)
          continue
        }
        const defined = definition ?? (known && (await define(call, type, name)))
        if (defined && 'kind' in defined) return defined
        const held = heldAs(value, defined)
        if ('value' in held) values.push([name, held.value])
        else omit(name, held.reason)
      }
      return { kind: 'ok', values: Object.fromEntries(values) as JsonObject, cleared }
    },
  }
}

const keyOf = (type: string, name: string): string => `${type}:${name}`

/** REST knows an attribute by its name and by its `name_std`. */
const entriesOf = (definition: Definition): [string, Definition][] =>
  [definition.name, definition.name_std].flatMap((name) =>
    name === undefined ? [] : [[keyOf(definition.content_type, name), definition]],
  )

/** A value as its attribute wants it; as it is where nobody knows what that is, but for lists and objects. */
function heldAs(value: unknown, definition: Definition | { reason: string } | undefined): Conversion {
  if (!definition) return typeof value === 'object' ? convert(value, 'string') : { value }
  if ('reason' in definition) return definition
  const { value_type, choices } = definition
  const texts = Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : []
  const isUnknown = !(valueTypes as readonly string[]).includes(value_type)
  if (isUnknown || (value_type === 'fixed' && texts.length === 0)) return { value }
  return convert(value, value_type as ValueType, texts)
}

const isDefinition = (entry: unknown): entry is Definition =>
  isObject(entry) && typeof entry.name === 'string'

/** All pages. The address of the next is User.com's own text: only its query is taken, so that the token goes nowhere else. */
async function list(call: Call): Promise<{ kind: 'ok'; definitions: Definition[] } | Failure> {
  const definitions: Definition[] = []
  let query: string | undefined = ''
  for (let page = 0; query !== undefined && page < mostPages; page++) {
    const answer = await call('GET', `attributes/${query}`)
    // A `next` may lead to a page that is none.
    if (answer.kind === 'missing' && page > 0) break
    const found = present(answer)
    if (found.kind !== 'ok') return found
    const { results, next } = (found.body ?? {}) as { results?: unknown; next?: unknown }
    if (!Array.isArray(results)) return waits('User.com answered without a list of attributes.')
    definitions.push(...results.filter(isDefinition))
    query = typeof next === 'string' && URL.canParse(next) ? new URL(next).search || undefined : undefined
  }
  return { kind: 'ok', definitions }
}
