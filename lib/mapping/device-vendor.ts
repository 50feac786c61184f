/** How the model names of the large makers of Android devices begin. The makers have ua-parser-js 1.x's names. */
const modelPatterns: readonly (readonly [vendor: string, model: RegExp])[] = [
  ['Samsung', /^(SM|GT|SCH|SGH|SPH)-/i],
  ['Google', /^Pixel/i],
  ['Xiaomi', /^(Mi |Redmi|POCO|M?[12][0-389][01]\w{3,6}[c-y]$)/i],
  ['Huawei', /^([A-Z]{3}-[A-Z]*[LN][A-Z]?\d|HUAWEI)/],
  ['Motorola', /^(moto|XT\d{3,4})/i],
  ['OnePlus', /^(ONEPLUS|(AC|BE|DN|GM|HD|IN|KB|LE|NE)\d{4}$)/],
  ['OPPO', /^(CPH\d{4}|OPPO)/i],
  ['Realme', /^(RMX\d|realme)/i],
  ['Vivo', /^(vivo|V\d{4}|I\d{4}$)/i],
  ['Sony', /^(XQ-|Xperia|SO-\d|[C-H]\d{4}$)/],
  ['LG', /^(LM-|LG-)/i],
  ['Nokia', /^(Nokia|TA-\d{4})/i],
  ['Lenovo', /^(Lenovo|TB-?\w)/i],
  ['ASUS', /^(ASUS|ZenFone)/i],
]

/**
 * The maker of an Android device by its model, because Client Hints contain the model only; `undefined` where no
 * pattern of a large maker matches.
 *
 * @example
 * deviceVendor('SM-S918B') // 'Samsung'
 */
export const deviceVendor = (model: string): string | undefined =>
  modelPatterns.find(([, pattern]) => pattern.test(model))?.[0]
