import { nameStd } from '../rules/name-std.ts'
import type { Call } from './call.ts'

/** Custom attributes in an answer: flat beside the fields in version 2, a list in version 1. */
export function customAnswer(
  { store, app, version }: Call,
  type: 'clientuser' | 'company',
  custom: [name: string, value: unknown][],
): object {
  if (version === 2) return flat(custom)
  const attributes = custom.map(([name, value]) => {
    const id = store.definitions.find(app.id, type, '', name)?.id ?? null
    return { id, name, name_std: nameStd(name), value }
  })
  return { attributes }
}

/** By `name_std`. If two names have the same one, the value of the name that is written so is shown. */
function flat(custom: [name: string, value: unknown][]): object {
  const isStd = ([name]: [string, unknown]): number => Number(name === nameStd(name))
  return Object.fromEntries(
    [...custom]
      .sort((one, other) => isStd(one) - isStd(other))
      .map(([name, value]) => [nameStd(name), value]),
  )
}
