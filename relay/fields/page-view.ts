import { isObject } from '../../protocol/json-object.ts'
import type { JsonObject, PageMessage } from '../../protocol/message.ts'

/** What a page view says: where the call was made, its name and category, and its other properties. */
export function pageViewData({ name, category, properties = {}, context = {} }: PageMessage): JsonObject {
  return {
    ...properties,
    ...(isObject(context.page) && context.page),
    ...(name && { name }),
    ...(category && { category }),
  }
}
