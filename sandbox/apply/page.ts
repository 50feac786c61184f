import type { PageMessage } from '../../lib/message.ts'
import { setContext, type Visit } from './visit.ts'

/** "Increments page_views counter and updates last_seen timestamp if it is newer […]. It also records a new 'Page view'." */
export function page(visit: Visit, { properties, name, context = {} }: PageMessage): void {
  const { store, user, timestamp, changes } = visit
  setContext(visit)
  store.users.countView(user.id)
  if (context.active !== false) store.users.see(user.id, timestamp)

  const said = { ...properties, ...context.page }
  const url = text(said.url)
  const title = text(said.title) ?? text(name)
  const profile = Object.fromEntries(visit.context)
  store.activity.addView(user.id, timestamp, { ...profile, url, referer: text(said.referrer), title })
  changes.push({ kind: 'page_view', url })
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
