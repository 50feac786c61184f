/** The large makers of Android devices, by ua-parser-js 1.x's names, each with how the names of its models begin. */
const makers = {
  Samsung: '(SM|GT|S[CGP]H)-',
  Google: 'Pixel',
  Xiaomi: 'Mi |Redmi|POCO|M?2\\d{3}',
  Huawei: '\\w{3}-\\w*[LN]',
  Motorola: 'moto|XT\\d',
  OPPO: 'CPH',
  Realme: 'RMX',
  Vivo: 'vivo|[VI]\\d{4}',
}

/**
 * Who made an Android device, told by its model, since Client Hints name the model only; `undefined` where no large
 * maker's name fits.
 *
 * @example
 * deviceVendor('SM-S918B') // 'Samsung'
 */
export const deviceVendor = (model: string): string | undefined =>
  Object.entries(makers).find(([, models]) => new RegExp(`^(${models})`, 'i').test(model))?.[0]
