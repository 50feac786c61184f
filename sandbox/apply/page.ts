import type { PageMessage } from '../../protocol/message.ts'
import { setContext, type Visit } from './visit.ts'

/** "Increments page_views counter and updates last_seen timestamp if it is newer […]. It also records a new 'Page view'." */
export function page(visit: Visit, { properties, name, context = {} }: PageMessage): void {
  const { store, user, timestamp, changes } = visit
  setContext(visit)
  countView(visit)
  moveLastSeen(visit, context.active !== false)

  const said = { ...properties, ...context.page }
  const url = text(said.url)
  const title = text(said.title) ?? text(name)
  const profile = Object.fromEntries(visit.context)
  store.activity.addView(user.id, timestamp, { ...profile, url, referer: text(said.referrer), title })
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

/** Forward only, and not for what happened without the user: Segment's `context.active` is `false` then. */
export function moveLastSeen({ store, user, timestamp, changes }: View, isActive: boolean): void {
  const { id, last_seen: before } = user
  const lastSeen = { of: 'user', name: 'last_seen' } as const
  if (isActive && store.users.see(id, timestamp)) {
    changes.push({ kind: 'attribute', ...lastSeen, before, after: timestamp })
  } else {
    const reason = isActive ? `not newer than ${before}` : 'context.active is false'
    changes.push({ kind: 'ignored', ...lastSeen, value: timestamp, reason })
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
