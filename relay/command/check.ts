import type { RelayOptions } from '../options.ts'
import { idOf } from '../rest/answer.ts'
import { type Ask, createAsk } from './ask.ts'
import { checkName, isDefined, isYes, questions, type Subject } from './questions.ts'

export interface Finding {
  question: string
  answer: string
}

/**
 * Asks an account what User.com's documents leave open, with one test user and one company, and removes them.
 * Returns the exit code: 1 where the account could not be asked, or something of the check is left.
 */
export async function check(
  options: Pick<RelayOptions, 'app' | 'url' | 'token'>,
  { json, print }: { json: boolean; print: (line: string) => void },
): Promise<number> {
  const ask = createAsk(options)
  const customId = `userengage-relay-check-${crypto.randomUUID()}`
  const made = await ask('POST', 'users/update_or_create/', { custom_id: customId })
  const id = idOf(made.body)
  if (id === undefined) {
    print(
      `The account cannot be asked: making a user is answered ${made.status || 'nothing'}. ${adviceFor(made.status)}`,
    )
    return 1
  }
  const subject: Subject = { ask, customId, id, companyId: await company(ask), left: [] }
  const findings: Finding[] = [{ question: 'Making a user', answer: `answers ${made.status}` }]
  let left: string[]
  try {
    for (const { name, find } of questions) findings.push({ question: name, answer: await find(subject) })
  } finally {
    left = await cleanUp(subject)
  }
  if (json) print(JSON.stringify({ findings, left }, null, 2))
  else {
    for (const { question, answer } of findings) print(`${question}\n    ${answer}`)
    print(
      left.length > 0
        ? `\nLeft in the account, as REST cannot remove it: ${left.join('; ')}.`
        : '\nNothing is left.',
    )
  }
  return left.some((what) => what.startsWith('the user')) ? 1 : 0
}

/** The company of an earlier check, which REST perhaps could not remove, serves again. */
async function company(ask: Ask): Promise<number | undefined> {
  const known = await ask('GET', `companies-by-id/${checkName}/`)
  if (known.status === 200) return idOf(known.body)
  return idOf((await ask('POST', 'companies/', { custom_id: checkName, name: checkName })).body)
}

/** Removes what the check has made. Returns what is left. */
async function cleanUp(subject: Subject): Promise<string[]> {
  const { ask, customId, id, companyId, left } = subject
  /** Asked again, as a yes alone proves nothing; a token for writing only is not told, and must believe it. */
  const isRemoved = async (path: string): Promise<boolean> => {
    const deleted = await ask('DELETE', path)
    const { status } = await ask('GET', path)
    return status === 404 || (status === 403 && isYes(deleted))
  }
  if (companyId !== undefined && !(await isRemoved(`companies/${companyId}/`))) {
    // There is a client that deletes companies by their custom_id.
    if (!(await isRemoved(`companies-by-id/${checkName}/`))) {
      await ask('POST', `companies/${companyId}/remove_member/`, { user_id: id })
      left.push(`the company "${checkName}"`)
    }
  }
  if (!(await isRemoved(`users/${id}/`))) left.push(`the user "${customId}"`)
  if (await isDefined(subject)) left.push(`the definition of the attribute "${checkName}"`)
  return left
}

function adviceFor(status: number): string {
  if (status === 401)
    return 'Is USERCOM_TOKEN a token of this account (App settings > Advanced > Public REST API keys)?'
  if (status === 403) return 'The token must be allowed to write.'
  return 'Is --app or --url right?'
}
