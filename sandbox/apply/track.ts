import type { TrackMessage } from '../../protocol/message.ts'
import type { Visit } from './visit.ts'

/** What an event needs to know of the visit in which it occurred. */
type Occasion = Pick<Visit, 'store' | 'app' | 'timestamp' | 'attributes' | 'changes'> & {
  user: { id: number }
}
type Occurrence = Pick<TrackMessage, 'event' | 'properties'>

/** "Records a new 'Event occurrence' […]. If an event […] is not defined, it will be created, as will its properties." */
export function track(
  visit: Occasion,
  { event, properties = {} }: Occurrence,
): { id: number; isNew: boolean } {
  const { store, app, user, timestamp, attributes, changes } = visit
  const isNew = store.definitions.defineEvent(app, event)
  if (isNew) {
    changes.push({ kind: 'definition', of: 'event', name: event, type: 'event' })
  }
  const data = Object.entries(properties).flatMap(([name, value]) => {
    const converted = attributes.convertAttribute('event', 'event', event, name, value)
    return converted === undefined ? [] : [[name, converted]]
  })
  const id = store.activity.addEvent(app, user.id, event, timestamp, Object.fromEntries(data))
  changes.push({ kind: 'event', name: event })
  return { id, isNew }
}
