import type { Message } from '../../protocol/message.ts'
import type { Failure } from '../rest/answer.ts'
import type { Attempt } from './attempt.ts'
import { writeCompany } from './company.ts'
import { recordPageView, recordTrack } from './event.ts'
import { recordProductEvents } from './product-event.ts'
import { writeProfile } from './profile.ts'
import { postSiteView } from './site-view.ts'
import { stitch } from './stitch.ts'

/** Writes a message to User.com, step by step until one fails; `undefined` when all of it is there. */
export async function write(attempt: Attempt, message: Message): Promise<Failure | undefined> {
  switch (message.type) {
    case 'identify':
      return (await stitch(attempt, message)) ?? writeProfile(attempt, message, message.traits)
    case 'page':
      return (
        (await writeProfile(attempt, message)) ??
        (await recordPageView(attempt, message)) ??
        postSiteView(attempt, message)
      )
    case 'track':
      return (await recordTrack(attempt, message)) ?? recordProductEvents(attempt, message)
    case 'group':
      return writeCompany(attempt, message)
  }
}
