import { isObject } from '../json-object.ts'
import type { JsonObject } from '../message.ts'
import { fieldNames, renameFields } from './field-names.ts'

const parts = ['city', 'country', 'region', 'state'] as const
const addressFields = fieldNames({ city: [], country: [], region: [], state: [] })

/**
 * Traits with one `address` object that contains the address parts, from which UserEngage fills country, region and city.
 *
 * Parts that stand beside the address move into it, unless it has them; Segment's `state` also fills a `region` that
 * is absent. A string is the street. An address of any other kind is left alone.
 *
 * @param traits with known fields already under their own names
 */
export function gatherAddress(traits: JsonObject): JsonObject {
  const { address, ...others } = traits
  const given = typeof address === 'string' ? { street: address } : (address ?? {})
  if (!isObject(given)) return traits

  const gathered = renameFields(given, addressFields)
  for (const part of parts) {
    if (others[part] === undefined) continue
    if (!Object.hasOwn(gathered, part)) gathered[part] = others[part]
    delete others[part]
  }
  if (gathered.state !== undefined && !Object.hasOwn(gathered, 'region')) gathered.region = gathered.state
  if (Object.keys(gathered).length > 0) return { ...others, address: gathered }
  return traits
}
