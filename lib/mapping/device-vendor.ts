/** How the models of the large makers of Android devices begin, by ua-parser-js 1.x's names for the makers. */
const modelPrefixes: readonly (readonly [vendor: string, model: RegExp])[] = [
  ['Samsung', /^(SM|GT|SCH|SGH|SPH)-/i],
  ['Google', /^(Pixel|Nexus \d)/i],
  ['Xiaomi', /^(Mi |Redmi|POCO|M20\d\d|2\d{6,9}[A-Z])/i],
  ['Huawei', /^([A-Z]{3}-[A-Z]*L[A-Z]?\d|HUAWEI)/],
  ['Motorola', /^(moto|motorola|XT\d{3,4})/i],
  ['OnePlus', /^(ONEPLUS|(IN|KB|LE|NE|HD|DN|BE|EB|GM|AC|DE|CPH2[34]\d{2}))/],
  ['OPPO', /^(CPH\d{4}|OPPO)/i],
  ['Realme', /^(RMX\d|realme)/i],
  ['Vivo', /^(vivo|V\d{4}|I\d{4}$)/i],
  ['Sony', /^(XQ-|Xperia|SO-\d|[A-H]\d{4}$)/],
  ['LG', /^(LM-|LG-)/i],
  ['Nokia', /^(Nokia|TA-\d{4})/i],
  ['Lenovo', /^(Lenovo|TB-?\w)/i],
  ['ASUS', /^(ASUS|ZenFone)/i],
]

/**
 * Who made an Android device, told by its model, since Client Hints name the model only; `undefined` where no large
 * maker's name fits.
 *
 * @example
 * deviceVendor('SM-S918B') // 'Samsung'
 */
export const deviceVendor = (model: string): string | undefined =>
  modelPrefixes.find(([, prefix]) => prefix.test(model))?.[0]
