import type { GroupMessage, IdentifyMessage, Message, PageMessage, TrackMessage } from '../lib/message.ts'
import type { ContentType } from './database/definitions.ts'
import type { Store } from './database/store.ts'
import type { Change, Owner } from './rules/change.ts'
import { companyField, isCompanyField, reservedForCompanies } from './rules/company-fields.ts'
import { convert } from './rules/convert.ts'
import { customIdOf } from './rules/form.ts'
import { contextOf, type Field, reservedForUsers, splitTraits } from './rules/user-fields.ts'

/** Where and when a message came in. */
export interface Arrival {
  app: string
  /** ISO 8601, used where the message has no `timestamp` of its own. */
  receivedAt: string
  /** The address of the connection. */
  ip: string
}

/**
 * Applies a well-formed message to profiles, events and companies, by the rules of UserEngage's page on its Segment
 * destination. Returns what it changed. To be called within a transaction.
 */
export function apply(store: Store, message: Message, { app, receivedAt, ip }: Arrival): Change[] {
  const changes: Change[] = []
  const timestamp = new Date(message.timestamp ?? receivedAt).toISOString()
  const user = chooseUser()

  switch (message.type) {
    case 'identify':
      identify(message)
      break
    case 'page':
      page(message)
      break
    case 'track':
      track(message)
      break
    case 'group':
      group(message)
  }
  return changes

  /** "If user with given identifier does not exist in your app it will be created automatically." */
  function chooseUser(): { id: number; custom_id: string } {
    const customId = customIdOf(message) as string
    const known = store.users.find(app, customId)
    changes.push({ kind: 'user', custom_id: customId, created: !known })
    return known ?? store.users.create(app, customId, timestamp)
  }

  function identify({ traits }: IdentifyMessage): void {
    const { fields, custom } = splitTraits(traits ?? {})
    for (const field of fields) setField('user', user.id, field)
    for (const [name, value] of custom) setCustom('user', user.id, name, value, reservedForUsers)
    setContext()
  }

  function page({ properties, name, context = {} }: PageMessage): void {
    const profile = Object.fromEntries(contextOf(message, ip))
    const said = { ...properties, ...context.page }
    const url = text(said.url)
    setContext()
    store.users.countView(user.id)
    if (context.active !== false) store.users.see(user.id, timestamp)
    const title = text(said.title) ?? text(name)
    store.activity.addView(user.id, timestamp, { ...profile, url, referer: text(said.referrer), title })
    changes.push({ kind: 'page_view', url })
  }

  function track({ event, properties = {} }: TrackMessage): void {
    if (store.definitions.defineEvent(app, event)) {
      changes.push({ kind: 'definition', of: 'event', name: event, type: 'event' })
    }
    const data = Object.entries(properties).flatMap(([name, value]) => {
      const held = converted('event', 'event', event, name, value)
      return held === undefined ? [] : [[name, held]]
    })
    store.activity.addEvent(app, user.id, event, timestamp, Object.fromEntries(data))
    changes.push({ kind: 'event', name: event })
  }

  function group({ groupId, traits = {} }: GroupMessage): void {
    const customId = String(groupId)
    const known = store.companies.find(app, customId)
    const company = known ?? store.companies.create(app, customId)
    changes.push({ kind: 'company', custom_id: customId, created: !known })
    for (const [name, value] of Object.entries(traits)) {
      if (isCompanyField(name)) setField('company', company.id, companyField(name, value))
      else setCustom('company', company.id, name, value, reservedForCompanies)
    }
    if (store.companies.join(company.id, user.id, timestamp)) {
      changes.push({ kind: 'member', company: customId, user: user.custom_id })
    }
  }

  function setContext(): void {
    for (const [name, value] of contextOf(message, ip)) set('user', user.id, name, value)
  }

  function setField(of: 'user' | 'company', owner: number, { name, given, held }: Field): void {
    if ('value' in held) set(of, owner, name, held.value)
    else changes.push({ kind: 'ignored', of, name, value: given, reason: held.reason })
  }

  function set(of: 'user' | 'company', owner: number, name: string, value: unknown): void {
    const before = store.attributes.set(of, owner, name, value)
    if (JSON.stringify(before) !== JSON.stringify(value)) {
      changes.push({ kind: 'attribute', of, name, before, after: value })
    }
  }

  function setCustom(
    of: 'user' | 'company',
    owner: number,
    name: string,
    value: unknown,
    reserved: ReadonlySet<string>,
  ): void {
    if (reserved.has(name)) {
      changes.push({
        kind: 'ignored',
        of,
        name,
        value,
        reason: 'a field of this name is not set by a custom trait',
      })
      return
    }
    const held = converted(of === 'user' ? 'clientuser' : 'company', of, '', name, value)
    if (held !== undefined) set(of, owner, name, held)
  }

  /** The value as its attribute is defined, which happens here on first sight; `undefined` where it is ignored. */
  function converted(type: ContentType, of: Owner, event: string, name: string, value: unknown): unknown {
    let definition = store.definitions.find(app, type, event, name)
    if (!definition) {
      definition = store.definitions.define(app, {
        content_type: type,
        event,
        name,
        value_type: 'string',
        choices: [],
      })
      changes.push({ kind: 'definition', of, name, type: 'string' })
    }
    if (value === null) return null
    const conversion = convert(value, definition.value_type, definition.choices)
    if ('value' in conversion) return conversion.value
    changes.push({ kind: 'ignored', of, name, value, reason: conversion.reason })
    return undefined
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
