import * as v from 'valibot'
import { omitKey } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import { created, invalid, type Routes } from './call.ts'
import { errorsOf, object, required, unixTime } from './forms.ts'
import { namedUser } from './members.ts'
import { oldNames, withNewNames } from './names.ts'
import { products, setAttributes } from './products.ts'

/** The closed list of https://docs.user.com/how-to-create-product-events/. */
export const eventTypes = [
  ...['add to cart', 'purchase', 'liking', 'add to observation', 'order', 'reservation', 'return', 'view'],
  ...['click', 'detail', 'add', 'remove', 'checkout', 'checkout option', 'refund', 'promo click'],
] as const

const form = v.object(
  {
    event_type: v.picklist(
      eventTypes,
      ({ received }) => `${received} is not a valid choice: one of ${eventTypes.join(', ')}.`,
    ),
    timestamp: v.nullish(unixTime),
    data: v.nullish(object),
  },
  required,
)

/** Records an event of a product; what `data` says beside `custom_data` becomes the product's own. */
const record = products.withRecord((call, product) => {
  const { store, receivedAt, changes } = call
  const body = withNewNames(call, oldNames.event)
  const read = v.safeParse(form, body)
  if (!read.success) return invalid(errorsOf(read.issues))
  const named = namedUser(call, body)
  if ('refusal' in named) return named.refusal

  const { event_type, timestamp, data } = read.output
  const given = (data ?? {}) as JsonObject
  changes.push({ kind: 'user', custom_id: named.user.custom_id, created: false })
  changes.push({ kind: 'product', custom_id: product.custom_id, created: false })
  setAttributes(call, product, omitKey(given, 'custom_data'))
  changes.push({ kind: 'product_event', event_type, product: product.custom_id })
  const at = timestamp ?? receivedAt
  const customData = given.custom_data ?? {}
  return created({ id: store.products.addEvent(named.user.id, product.id, event_type, at, customData) })
})

export const productEventRoutes: Routes = products.routes('product_event/', { POST: record })
