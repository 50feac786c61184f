import * as v from 'valibot'
import { asGiven } from '../../protocol/values/convert.ts'
import { createAttributeChanges } from '../apply/attribute-changes.ts'
import type { ProductRow } from '../database/products.ts'
import { addressed } from './addressed.ts'
import { type Answer, type Call, created, invalid, ok, type Routes, taken } from './call.ts'
import { customId, errorsOf } from './forms.ts'
import { page } from './paging.ts'

const form = v.object({ custom_id: customId })
/** What UserEngage itself sets of a product. */
const readOnly: ReadonlySet<string> = new Set(['id', 'custom_id', 'created_at', 'updated_at'])

export const products = addressed('product', 'products', ({ products }) => products)

/** Sets attributes of a product, as they come: what was there before is gone, as the vendor warns. */
export function setAttributes(
  { store, app, changes, receivedAt }: Call,
  product: ProductRow,
  values: object,
): void {
  const attributes = createAttributeChanges(store, app.id, changes, 'rest')
  for (const [name, value] of Object.entries(values)) {
    if (readOnly.has(name)) continue
    const held = asGiven(value)
    if ('value' in held) attributes.set({ of: 'product', id: product.id }, name, held.value)
    else changes.push({ kind: 'ignored', of: 'product', name, value, reason: held.reason })
  }
  store.products.touch(product.id, receivedAt)
}

function create(call: Call): Answer {
  const { store, app, body, changes, receivedAt } = call
  const read = v.safeParse(form, body)
  if (!read.success) return invalid(errorsOf(read.issues))
  const { custom_id } = read.output
  if (products.withCustomId(call, custom_id)) return taken(call, 'A product')
  const product = store.products.create(app.id, custom_id ?? null, receivedAt)
  changes.push({ kind: 'product', custom_id: product.custom_id, created: true })
  setAttributes(call, product, body)
  return created(store.products.toProduct(product))
}

export const productRoutes: Routes = {
  '/products/': {
    GET: (call) => page(call, call.store.rest.lists.products, call.app.id, call.store.products.toProduct),
    POST: create,
  },
  '/products-by-id/:custom_id/details/': {
    GET: products.withRecord(({ store }, product) => ok(store.products.toProduct(product))),
  },
}
