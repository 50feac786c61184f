import type { PageMessage } from '../../protocol/message.ts'
import { setContextFields, type Visit } from './visit.ts'

/** "Increments page_views counter and updates last_seen timestamp if it is newer […]. It also records a new 'Page view'." */
export function page(visit: Visit, { properties, name, context = {} }: PageMessage): void {
  const { store, user, timestamp, changes } = visit
  setContextFields(visit)
  countView(visit)
  moveLastSeen(visit, context.active !== false)

  const view = { ...properties, ...context.page }
  const url = text(view.url)
  const title = text(view.title) ?? text(name)
  const profile = Object.fromEntries(visit.contextFields)
  store.activity.addView(user.id, timestamp, {
    ...profile,
    url,
    referer: text(view.referrer),
    title,
  })
  changes.push({ kind: 'page_view', url })
}

/** A page view, whichever way it came. */
type View = Pick<Visit, 'store' | 'timestamp' | 'changes'> & {
  user: Pick<Visit['user'], 'id' | 'page_views' | 'last_seen'>
}

export function countView({ store, user, changes }: View): void {
  const { id, page_views: before } = user
  store.users.countView(id)
  changes.push({ kind: 'attribute', of: 'user', name: 'page_views', before, after: before + 1 })
}

/** Moves `last_seen` forward only. It stays if `context.active` is `false`: the user was not there. */
export function moveLastSeen({ store, user, timestamp, changes }: View, isActive: boolean): void {
  const { id, last_seen: before } = user
  const lastSeen = { of: 'user', name: 'last_seen' } as const
  if (isActive && store.users.moveLastSeen(id, timestamp)) {
    changes.push({ kind: 'attribute', ...lastSeen, before, after: timestamp })
  } else {
    const reason = isActive ? `not newer than ${before}` : 'context.active is false'
    changes.push({ kind: 'ignored', ...lastSeen, value: timestamp, reason })
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
