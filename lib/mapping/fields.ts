/** `object` with those of its fields whose values are to be kept. */
export const keepFields = (object: object, isKept: (value: unknown) => boolean): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => isKept(value)))
