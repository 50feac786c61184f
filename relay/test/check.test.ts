import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { restSwitches } from '../../sandbox/rules/rest-switches.ts'
import { type Account, openAccount } from '../../sandbox/test/support/sandbox.ts'
import { type Server, startServer } from '../../sandbox/test/support/server.ts'
import { check, type Finding } from '../command/check.ts'

let server: Server
before(async () => {
  server = await startServer()
})
after(() => server.close())

async function checked(account: Account, token = account.token) {
  const printed: string[] = []
  const options = { url: `${server.origin}/api/public/`, token }
  const code = await check(options, { json: true, print: (line) => printed.push(line) })
  const { findings, left } = JSON.parse(printed.join('\n')) as { findings: Finding[]; left: string[] }
  const answers = new Map(findings.map(({ question, answer }) => [question, answer]))
  return {
    code,
    left,
    printed: printed.join('\n'),
    about: (question: string) => answers.get(question) ?? assert.fail(question),
  }
}

for (const [switches, question, words] of [
  [{ undefinedAttributes: 'create' }, 'An attribute that is not defined', /^created$/],
  [{ undefinedAttributes: 'ignore' }, 'An attribute that is not defined', /^ignored$/],
  [{ undefinedAttributes: 'refuse' }, 'An attribute that is not defined', /^refused: 400/],
  [{ phone: 'any' }, 'A phone number that is not E.164', /^taken$/],
  [{ phone: 'e164' }, 'A phone number that is not E.164', /^refused: 400, a body with phone_number/],
  [{ siteViews: 'on' }, 'site-views/', /moves page_views and last_seen: set siteViews: true/],
  [{ siteViews: 'off' }, 'site-views/', /is not there \(404.*leave siteViews off/],
  [
    { nullField: 'clear' },
    'null in a field and in an attribute',
    /^clears in the field, clears in the attribute$/,
  ],
  [{ nullField: 'refuse' }, 'null in a field and in an attribute', /^is refused \(400.*\) in the field/],
  [{ customIdTaken: 400 }, 'A custom_id that is in use', /^refused: 400/],
  [{ customIdTaken: 409 }, 'A custom_id that is in use', /^refused: 409/],
] as const) {
  test(`check finds out ${JSON.stringify(switches)}`, async () => {
    const account = await openAccount(server.ask)
    await account.put('/rest', switches)
    assert.match((await checked(account)).about(question), words)
  })
}

test('what does not depend on a switch', async () => {
  const { about, code } = await checked(await openAccount(server.ask))
  assert.equal(code, 0)
  assert.match(about('Making a user'), /^answers 201$/)
  assert.match(about('An event, and what it moves'), /^taken \(201\); it moves nothing/)
  assert.match(about('An event without a name'), /^400, a body with name/)
  assert.match(about('A text of 300 characters in an attribute'), /^refused: 400/)
  assert.match(
    about('A custom_id with a slash, and giving one later'),
    /keeps the events; %2F in a path is answered 404/,
  )
  assert.match(about('Adding a member twice'), /the company lists 1 member/)
  assert.match(about('Reading attributes'), /^the token may$/)
})

const definition = 'the definition of the attribute "userengage_relay_check"'
const event = 'the name of the event "Page view"'
const company = 'the company "userengage_relay_check"'

for (const [name, choices] of Object.entries(restSwitches)) {
  for (const choice of choices) {
    test(`with ${name}: ${choice} what the check made is removed, and what is left is said`, async () => {
      const account = await openAccount(server.ask)
      await account.put('/rest', { [name]: choice })
      const { left, code, printed } = await checked(account)
      assert.equal(code, 0)
      assert.deepEqual(await account.users(), [])
      const companies = (await account.rest('GET', 'companies/')).body.results
      const definitions = (await account.rest('GET', 'attributes/')).body.results
      assert.deepEqual(left, [
        event,
        ...(companies.length > 0 ? [company] : []),
        ...(definitions.length > 0 ? [definition] : []),
      ])
      assert.equal(companies.length, choice === 'off' && name === 'deleteCompany' ? 1 : 0)
      assert.deepEqual(
        companies.flatMap(({ employees }: { employees: number[] }) => employees),
        [],
      )
      assert.ok(definitions.length <= 1)
      assert.doesNotMatch(printed, new RegExp(account.token))
    })
  }
}

test('a second check leaves nothing more, and finds the attribute beyond the first page of the list', async () => {
  const account = await openAccount(server.ask)
  for (let n = 0; n < 101; n++) {
    const definition = { content_type: 'clientuser', name: `n${n}`, value_type: 'string' }
    assert.equal((await account.rest('POST', 'attributes/', definition)).status, 201)
  }
  assert.deepEqual((await checked(account)).left, [event, definition])
  const second = await checked(account)
  assert.deepEqual(second.left, [definition])
  assert.match(second.about('An attribute that is not defined'), /cannot be asked again/)
  assert.deepEqual(await account.users(), [])
})

test('a token that is none, and an address that is none, are told with advice', async () => {
  const printed: string[] = []
  const print = (line: string) => void printed.push(line)
  const url = `${server.origin}/api/public/`
  assert.equal(await check({ url, token: 'wrong-token' }, { json: false, print }), 1)
  assert.match(printed.join(), /answered 401\. Is USERCOM_TOKEN a token of this account/)
  assert.equal(await check({ url: 'http://127.0.0.1:9/', token: 'x' }, { json: false, print }), 1)
  assert.match(printed.join(), /answered nothing\. Is --app or --url right\?/)
})
