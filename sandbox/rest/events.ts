import * as v from 'valibot'
import type { JsonObject } from '../../protocol/message.ts'
import { createAttributeChanges } from '../apply/attribute-changes.ts'
import { track } from '../apply/track.ts'
import type { UserRow } from '../database/users.ts'
import { type Answer, type Call, created, invalid, missing, type Routes } from './call.ts'
import { errorsOf, integer, object, required, text, unixTime } from './forms.ts'
import { oldNames, withNewNames } from './names.ts'
import { page } from './paging.ts'
import { users } from './users.ts'

const occurrence = {
  name: v.pipe(
    text(),
    v.check((name) => name.trim() !== '', 'This field may not be blank.'),
  ),
  timestamp: v.nullish(unixTime),
  data: v.nullish(object),
}
const event = v.object(occurrence, required)
const eventOfUser = v.object({ ...occurrence, user_id: integer }, required)

/** Records an occurrence by the rules of a `track` message: the event and its attributes are defined on first sight. */
function record(call: Call, user: UserRow, { name, timestamp, data }: v.InferOutput<typeof event>): Answer {
  const { store, app, receivedAt, changes } = call
  changes.push({ kind: 'user', custom_id: user.custom_id, created: false })
  const { id, isNew } = track(
    {
      store,
      app: app.id,
      user,
      timestamp: timestamp ?? receivedAt,
      attributes: createAttributeChanges(store, app.id, changes, 'rest'),
      changes,
    },
    { event: name, properties: (data ?? {}) as JsonObject },
  )
  return created({ id, created: isNew })
}

export const eventRoutes: Routes = {
  '/events/': {
    POST: (call) => {
      const read = v.safeParse(eventOfUser, withNewNames(call, oldNames.event))
      if (!read.success) return invalid(errorsOf(read.issues))
      const user = call.store.users.byId(call.app.id, read.output.user_id)
      return user ? record(call, user, read.output) : missing('user')
    },
  },
  ...users.routes('events/', {
    GET: users.withRecord((call, user) => page(call, call.store.rest.lists.events, user.id)),
    POST: users.withRecord((call, user) => {
      const read = v.safeParse(event, call.body)
      return read.success ? record(call, user, read.output) : invalid(errorsOf(read.issues))
    }),
  }),
}
