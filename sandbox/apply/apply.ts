import { customIdOf } from '../../protocol/form.ts'
import type { Message } from '../../protocol/message.ts'
import { isoTime } from '../../protocol/values/time.ts'
import type { Store } from '../database/store.ts'
import type { Change } from '../rules/change.ts'
import { contextFieldsOf } from '../rules/user-fields.ts'
import { createAttributeChanges } from './attribute-changes.ts'
import { group } from './group.ts'
import { identify } from './identify.ts'
import { page } from './page.ts'
import { track } from './track.ts'
import type { Visit } from './visit.ts'

/** The app, the time and the connection of a request. */
export interface Arrival {
  app: string
  /** ISO 8601. The time of a message without a `timestamp`. */
  receivedAt: string
  /** The connection's remote address. */
  ip: string
}

/**
 * Applies a well-formed message to profiles, events and companies, by the rules of UserEngage's page on its Segment
 * destination. Returns what it changed. Call it within a transaction.
 */
export function apply(store: Store, message: Message, { app, receivedAt, ip }: Arrival): Change[] {
  const changes: Change[] = []
  const timestamp = isoTime(message.timestamp) ?? receivedAt
  const visit: Visit = {
    store,
    app,
    user: chooseUser(store, app, message, timestamp, changes),
    timestamp,
    contextFields: contextFieldsOf(message, ip),
    attributes: createAttributeChanges(store, app, changes),
    changes,
  }
  switch (message.type) {
    case 'identify':
      identify(visit, message)
      break
    case 'page':
      page(visit, message)
      break
    case 'track':
      track(visit, message)
      break
    case 'group':
      group(visit, message)
  }
  store.users.touch(visit.user.id, receivedAt)
  return changes
}

/** "If user with given identifier does not exist in your app it will be created automatically." */
function chooseUser(
  store: Store,
  app: string,
  message: Message,
  timestamp: string,
  changes: Change[],
): Visit['user'] {
  const customId = customIdOf(message) as string
  const known = store.users.find(app, customId)
  changes.push({ kind: 'user', custom_id: customId, created: !known })
  return { ...(known ?? store.users.create(app, customId, timestamp)), of: 'user' }
}
