/**
 * The name of an attribute as it stands in URLs and in the answers of the REST API, by the vendor's examples:
 * `My Attribute` is `my_attribute`, and `isPrivateFunded` is `isprivatefunded`.
 */
export const nameStd = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_')
