import type { TrackMessage } from '../../protocol/message.ts'
import type { Visit } from './visit.ts'

/** "Records a new 'Event occurrence' […]. If an event […] is not defined, it will be created, as will its properties." */
export function track(visit: Visit, { event, properties = {} }: TrackMessage): void {
  const { store, app, user, timestamp, attributes, changes } = visit
  if (store.definitions.defineEvent(app, event)) {
    changes.push({ kind: 'definition', of: 'event', name: event, type: 'event' })
  }
  const data = Object.entries(properties).flatMap(([name, value]) => {
    const converted = attributes.convertAttribute('event', 'event', event, name, value)
    return converted === undefined ? [] : [[name, converted]]
  })
  store.activity.addEvent(app, user.id, event, timestamp, Object.fromEntries(data))
  changes.push({ kind: 'event', name: event })
}
