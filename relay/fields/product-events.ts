import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject, TrackMessage } from '../../protocol/message.ts'
import { comparable } from '../../protocol/traits/field-names.ts'
import { pathSegment } from '../rest/path.ts'

/** User.com's name for what happened to a product, and where in Segment's event the products are. */
const kinds: [segmentNames: string[], eventType: string, in_: 'properties' | 'products'][] = [
  [['Product Viewed', 'Viewed Product'], 'view', 'properties'],
  [['Product Clicked', 'Clicked Product'], 'click', 'properties'],
  [['Product Added', 'Added Product', 'Wishlist Product Added to Cart'], 'add to cart', 'properties'],
  [['Product Removed', 'Removed Product'], 'remove', 'properties'],
  [['Product Added to Wishlist'], 'add to observation', 'properties'],
  [['Product Shared', 'Shared Product'], 'liking', 'properties'],
  [['Checkout Started', 'Started Checkout', 'Started Order'], 'checkout', 'products'],
  [['Order Completed', 'Completed Order'], 'purchase', 'products'],
  [['Order Refunded', 'Refunded Order'], 'refund', 'products'],
]
const kindOf = new Map(
  kinds.flatMap(([names, eventType, place]) =>
    names.map((name) => [comparable(name), { eventType, place }] as const),
  ),
)

/** The product's own attributes, which each event overwrites; everything else is of the transaction. */
const attributes: Record<string, string> = {
  name: 'name',
  price: 'price',
  category: 'category_name',
  image_url: 'image_url',
  imageUrl: 'image_url',
  url: 'product_url',
  sku: 'SKU',
  brand: 'brand',
  variant: 'variant',
}
const most = 50

export interface ProductEvent {
  productId: string
  name: string
  eventType: string
  data: JsonObject
}

/** The product events that one of Segment's ecommerce events means (https://segment.com/docs/connections/spec/ecommerce/v2/). */
export function productEvents({ event, properties = {} }: TrackMessage): ProductEvent[] {
  const kind = kindOf.get(comparable(event))
  if (!kind) return []
  if (kind.place === 'properties') return eventsOf(kind.eventType, [properties], {})
  const { products, ...order } = properties
  return eventsOf(kind.eventType, Array.isArray(products) ? products.slice(0, most) : [], order)
}

function eventsOf(eventType: string, products: Json[], order: JsonObject): ProductEvent[] {
  return products.flatMap((product) => {
    if (!isObject(product)) return []
    const { product_id, productId, ...about } = product
    const id = [product_id, productId, product.sku].find(
      (given) => given !== undefined && given !== null && given !== '',
    )
    if ((typeof id !== 'string' && typeof id !== 'number') || pathSegment(String(id)) === undefined) return []
    const isOwn = ([name]: [string, Json]): boolean => Object.hasOwn(attributes, name)
    const own = Object.entries(about).filter(isOwn)
    const transaction = {
      ...order,
      ...Object.fromEntries(Object.entries(about).filter((pair) => !isOwn(pair))),
    }
    return {
      productId: String(id),
      name: typeof about.name === 'string' && about.name ? about.name : String(id),
      eventType,
      data: {
        ...Object.fromEntries(own.map(([name, value]) => [attributes[name], value])),
        ...(Object.keys(transaction).length > 0 && { custom_data: transaction }),
      },
    }
  })
}
