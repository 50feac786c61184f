import type { Message } from '../../protocol/message.ts'
import type { Failure } from '../rest/answer.ts'
import type { Account } from './account.ts'
import type { Attempt } from './attempt.ts'
import { group } from './group.ts'
import { identify } from './identify.ts'
import { page } from './page.ts'
import { track } from './track.ts'

/** Writes a message to User.com; `undefined` when all of it is there. */
export function write(account: Account, attempt: Attempt, message: Message): Promise<Failure | undefined> {
  switch (message.type) {
    case 'identify':
      return identify(account, attempt, message)
    case 'page':
      return page(account, attempt, message)
    case 'track':
      return track(account, attempt, message)
    case 'group':
      return group(account, attempt, message)
  }
}
