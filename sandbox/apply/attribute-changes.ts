import { convert } from '../../protocol/values/convert.ts'
import type { Source } from '../api-types.ts'
import type { Store } from '../database/store.ts'
import type { Change, Owner } from '../rules/change.ts'
import type { AnyContentType } from '../rules/definition.ts'
import type { Field } from '../rules/field.ts'
import { doubtOfName } from '../rules/vendor-limits.ts'

/** The user or company whose values are set; `id` is that of the database. */
export interface Holder {
  of: 'user' | 'company' | 'product'
  id: number
}

export type AttributeChanges = ReturnType<typeof createAttributeChanges>

/** Sets fields and custom attributes by their definitions, and adds to `changes` every value set or ignored. */
export function createAttributeChanges(
  store: Store,
  app: string,
  changes: Change[],
  source: Source = 'segment',
) {
  function set({ of, id }: Holder, name: string, value: unknown): void {
    const before = store.attributes.set(of, id, name, value, source)
    if (JSON.stringify(before) !== JSON.stringify(value)) {
      changes.push({ kind: 'attribute', of, name, before, after: value })
    }
  }

  /** Converts a value to the type of its attribute, which is defined here if it is new. `undefined`: ignored. */
  function convertAttribute(
    type: AnyContentType,
    of: Owner,
    event: string,
    name: string,
    value: unknown,
  ): unknown {
    const { value_type, choices } =
      store.definitions.find(app, type, event, name) ?? define(type, of, event, name)
    const conversion = convert(value, value_type, choices)
    if ('value' in conversion) return conversion.value
    changes.push({ kind: 'ignored', of, name, value, reason: conversion.reason })
    return undefined
  }

  /** "If a given trait has no respective custom attribute already defined […] it will be created with the type string!" */
  function define(type: AnyContentType, of: Owner, event: string, name: string) {
    changes.push({ kind: 'definition', of, name, type: 'string' })
    warn(of, name, name, doubtOfName(name))
    return store.definitions.define(app, {
      content_type: type,
      event,
      name,
      value_type: 'string',
      choices: [],
    })
  }

  function warn(of: Owner, name: string, value: unknown, reason: string | undefined): void {
    if (reason !== undefined) changes.push({ kind: 'warning', of, name, value, reason })
  }

  return {
    set,
    convertAttribute,

    setField(holder: Holder, { name, given, conversion, doubt }: Field): void {
      if ('value' in conversion) set(holder, name, conversion.value)
      else changes.push({ kind: 'ignored', of: holder.of, name, value: given, reason: conversion.reason })
      warn(holder.of, name, given, doubt)
    },

    setCustom(holder: Holder, name: string, value: unknown, reserved: ReadonlySet<string>): void {
      const { of } = holder
      if (reserved.has(name)) {
        const reason = 'a field of this name is not set by a custom trait'
        changes.push({ kind: 'ignored', of, name, value, reason })
        return
      }
      const converted = convertAttribute(of === 'user' ? 'clientuser' : of, of, '', name, value)
      if (converted !== undefined) set(holder, name, converted)
    },
  }
}
