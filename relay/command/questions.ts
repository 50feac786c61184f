import type { Ask, Said } from './ask.ts'

/** The attribute, and the id of the company, that a check works with. */
export const checkName = 'userengage_relay_check'

/** The test user, and what the questions before have found. */
export interface Subject {
  ask: Ask
  customId: string
  id: number
  companyId: number | undefined
  /** What the questions have made that REST cannot remove. */
  left: string[]
}
export interface Question {
  name: string
  /** The answer in words. */
  find(subject: Subject): Promise<string>
}

const mostPages = 100

export const isYes = ({ status }: Said): boolean => status >= 200 && status < 300
const how = ({ status, body }: Said): string =>
  `${status || 'no answer'}${body && typeof body === 'object' ? `, a body with ${Object.keys(body).join(', ') || 'nothing'}` : ''}`
const user = ({ ask, customId }: Subject): Promise<Said> => ask('GET', `users-by-id/${customId}/`)
const write = ({ ask, id }: Subject, fields: object): Promise<Said> => ask('PUT', `users/${id}/`, fields)

/** Whether the attribute of the check is in the account's list, which has pages. */
export async function isDefined({ ask }: Subject): Promise<boolean> {
  let query = ''
  for (let page = 0; page < mostPages; page++) {
    const { body } = await ask('GET', `attributes/${query}`)
    if ((body?.results ?? []).some(({ name }: { name?: unknown }) => name === checkName)) return true
    query = URL.canParse(body?.next) ? new URL(body.next).search : ''
    if (query === '') return false
  }
  return false
}

/** What the documents leave open, in an order in which no answer spoils another. */
export const questions: Question[] = [
  {
    name: 'Creating and updating a user',
    async find({ ask, customId }) {
      const again = await ask('POST', 'users/update_or_create/', { custom_id: customId })
      return `an update answers ${how(again)}`
    },
  },
  {
    name: 'Reading attributes',
    async find({ ask }) {
      const list = await ask('GET', 'attributes/')
      if (list.status === 403) return 'the token may not: the relay sends values as they are'
      return isYes(list) ? 'the token may' : how(list)
    },
  },
  {
    name: 'An attribute that is not defined',
    async find(subject) {
      if (await isDefined(subject)) return `cannot be asked again: an earlier check has left "${checkName}"`
      const said = await write(subject, { [checkName]: 'a' })
      if (!isYes(said)) return `refused: ${how(said)}`
      return (await isDefined(subject)) ? 'created' : 'ignored'
    },
  },
  {
    name: 'A text of 300 characters in an attribute',
    async find(subject) {
      const said = await write(subject, { [checkName]: 'x'.repeat(300) })
      if (!isYes(said)) return `refused: ${how(said)}`
      return `taken, and ${String((await user(subject)).body?.[checkName] ?? '').length} are kept`
    },
  },
  {
    name: 'null in a field and in an attribute',
    async find(subject) {
      await write(subject, { first_name: 'Check', [checkName]: 'a' })
      const [field, attribute] = [
        await write(subject, { first_name: null }),
        await write(subject, { [checkName]: null }),
      ]
      const { body } = await user(subject)
      const result = (said: Said, name: string): string =>
        isYes(said) ? (body?.[name] ? 'is ignored' : 'clears') : `is refused (${how(said)})`
      return `${result(field, 'first_name')} in the field, ${result(attribute, checkName)} in the attribute`
    },
  },
  {
    name: 'A phone number that is not E.164',
    async find(subject) {
      const said = await write(subject, { phone_number: '600 700 800' })
      return isYes(said) ? 'taken' : `refused: ${how(said)}`
    },
  },
  {
    name: 'An event without a name',
    find: async ({ ask, customId }) => how(await ask('POST', `users-by-id/${customId}/events/`, {})),
  },
  {
    name: 'An event, and what it moves',
    async find(subject) {
      const { ask, customId } = subject
      const before = (await user(subject)).body
      const event = { name: 'Page view', timestamp: Math.floor(Date.now() / 1000), data: { title: 42 } }
      const said = await ask('POST', `users-by-id/${customId}/events/`, event)
      if (!isYes(said)) return `refused: ${how(said)}`
      if (said.body?.created === true) subject.left.push(`the name of the event "${event.name}"`)
      const after = (await user(subject)).body
      const moved = ['last_seen', 'status', 'page_views'].filter((name) => before?.[name] !== after?.[name])
      const list = (await ask('GET', `users-by-id/${customId}/events/`)).body
      const title = (list?.results ?? list)?.[0]?.data?.title
      return `taken (${said.status}); it moves ${moved.join(', ') || 'nothing'}; a number in its data comes back as a ${typeof title}`
    },
  },
  {
    name: 'An event by user_key',
    async find(subject) {
      const { user_key } = (await user(subject)).body ?? {}
      return how(await subject.ask('POST', 'events/', { name: 'Page view', user_key }))
    },
  },
  {
    name: 'site-views/',
    async find(subject) {
      const { user_key, page_views, last_seen } = (await user(subject)).body ?? {}
      const view = {
        client_user: user_key,
        page_domain: 'https://check.invalid/',
        page_path: '/',
        timestamp: new Date().toISOString(),
      }
      const said = await subject.ask('POST', 'site-views/', view)
      if (!isYes(said)) return `is not there (${how(said)}): leave siteViews off`
      const after = (await user(subject)).body
      const moved = [
        page_views !== after?.page_views && 'page_views',
        last_seen !== after?.last_seen && 'last_seen',
      ]
      return `takes a page view, and moves ${moved.filter(Boolean).join(' and ') || 'nothing'}${moved.every(Boolean) ? ': set siteViews: true' : ''}`
    },
  },
  {
    name: 'A custom_id that is in use',
    async find({ ask, customId, id }) {
      const said = await ask('POST', 'users/', { custom_id: customId })
      if (!isYes(said)) return `refused: ${how(said)}`
      if (said.body?.id !== id) await ask('DELETE', `users/${said.body?.id}/`)
      return 'taken: there may be two users with one custom_id'
    },
  },
  {
    name: 'A custom_id with a slash, and giving one later',
    async find(subject) {
      const { ask, customId } = subject
      const slashed = `${customId}/x`
      const given = await write(subject, { custom_id: slashed })
      if (!isYes(given)) return `another custom_id cannot be given: ${how(given)}: set stitch: false`
      const found = await ask('GET', `users-by-id/${encodeURIComponent(slashed)}/`)
      await write(subject, { custom_id: customId })
      const events = (await ask('GET', `users-by-id/${customId}/events/`)).body
      const kept = (events?.results ?? events)?.length > 0 ? 'keeps' : 'loses'
      return `another custom_id can be given, and the user ${kept} the events; %2F in a path is answered ${found.status}`
    },
  },
  {
    name: 'Adding a member twice',
    async find({ ask, id, companyId }) {
      if (companyId === undefined) return 'cannot be asked without a company'
      const member = { user_id: id }
      const first = await ask('POST', `companies/${companyId}/add_member/`, member)
      const second = await ask('POST', `companies/${companyId}/add_member/`, member)
      const { employees } = (await ask('GET', `companies/${companyId}/`)).body ?? {}
      return `answers ${how(first)}, then ${how(second)}; the company lists ${employees?.length ?? 'no'} member(s)`
    },
  },
  {
    name: 'company_custom_id, of a company and of none',
    async find({ ask, customId }) {
      const join = (company_custom_id: string): Promise<Said> =>
        ask('POST', 'users/update_or_create/', { custom_id: customId, company_custom_id })
      return `answers ${how(await join(checkName))}; of none, ${how(await join(`${customId}-none`))}`
    },
  },
]
