import * as v from 'valibot'
import { isoTime } from '../../protocol/values/time.ts'
import { countView, moveLastSeen } from '../apply/page.ts'
import { type Answer, type Call, created, invalid, type Routes, refused } from './call.ts'
import { errorsOf, required, text, unixTime } from './forms.ts'

/** In the form that RudderStack sends, its only client: a whole address in `page_domain`, and the time in ISO 8601. */
const form = v.object(
  {
    client_user: text(),
    page_domain: text(2000),
    page_path: v.nullish(text(2000)),
    timestamp: v.nullish(
      v.union(
        [
          unixTime,
          v.pipe(
            v.string(),
            v.check((given) => isoTime(given) !== undefined),
            v.transform((given) => isoTime(given) as string),
          ),
        ],
        'Expected an ISO 8601 time or UNIX seconds.',
      ),
    ),
  },
  required,
)

/** Records a page view of the user whose key it names. */
function view({ store, app, body, switches, changes, receivedAt }: Call): Answer {
  if (switches.siteViews === 'off') return refused(404, 'Not found.')
  const read = v.safeParse(form, body)
  if (!read.success) return invalid(errorsOf(read.issues))
  const { client_user, page_domain, page_path, timestamp } = read.output
  const user = store.users.byKey(app.id, client_user)
  if (!user) return refused(404, 'There is no user of this key.')

  const url = /^https?:\/\//.test(page_domain) ? page_domain : `https://${page_domain}${page_path ?? '/'}`
  const visit = { store, user, timestamp: timestamp ?? receivedAt, changes }
  changes.push({ kind: 'user', custom_id: user.custom_id, created: false })
  countView(visit)
  moveLastSeen(visit, true)
  changes.push({ kind: 'page_view', url })
  return created({
    id: store.activity.addView(user.id, visit.timestamp, { url, referer: null, title: null }),
  })
}

export const siteViewRoutes: Routes = { '/site-views/': { POST: view } }
