/** @import { AttributeDefinition, UsedDefinition } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { createAttributeForm } from './attribute-form.js'
import { element } from './element.js'
import { createSettingsPage } from './settings-page.js'

const created =
  'The first message with a new attribute defines it, as a string. A value that cannot be converted to the type of its attribute is ignored. A new type does not change existing values.'

/** @type {Record<AttributeDefinition['content_type'], { owners: string, title: string }>} */
const kinds = {
  clientuser: { owners: 'profiles', title: 'Client attributes' },
  company: { owners: 'companies', title: 'Company attributes' },
  event: { owners: '', title: 'Event attributes' },
}

/**
 * @param {Api} api
 * @param {AttributeDefinition['content_type']} type
 */
export function createAttributeSettings(api, type) {
  const { owners, title } = kinds[type]
  const form = createAttributeForm(api, type, define)
  const page = createSettingsPage({
    about: created,
    form: form.element,
    listTitle: title,
    empty: 'No attribute yet.',
    load: () => api.attributes(type),
    row,
  })

  /** @param {AttributeDefinition} definition */
  function define(definition) {
    const words = `${definition.name} is defined with type ${definition.value_type}.`
    return page.attempt(() => api.defineAttribute(definition), words)
  }

  /** @param {UsedDefinition['usage']} usage */
  function usageOf({ used, of }) {
    if (used === 0) return 'not in use'
    const [some, all] = [used.toLocaleString('en'), of.toLocaleString('en')]
    return type === 'event' ? `in ${some} of the newest ${all}` : `${some} of ${all} ${owners}`
  }

  /** @param {UsedDefinition} definition */
  function row(definition) {
    const { id, name, value_type, choices, event, usage } = definition
    const whose = type !== 'event' ? '' : event === '' ? 'of every event' : `of ${event}`
    return element(
      'li',
      { 'data-testid': 'attribute', 'data-name': name },
      element(
        'div',
        { class: 'what' },
        element('strong', {}, name),
        whose && element('span', { class: 'aside' }, whose),
      ),
      element(
        'span',
        { class: 'type-name', 'data-testid': 'attribute-type' },
        value_type,
        choices.length > 0 && element('span', { class: 'aside' }, ` ${choices.join(', ')}`),
      ),
      element('span', { class: 'aside usage', 'data-testid': 'attribute-usage' }, usageOf(usage)),
      element(
        'button',
        {
          type: 'button',
          'data-focus': `attribute ${id}`,
          'aria-label': `Change the type of ${name}`,
          click: () => form.fill(definition),
        },
        'Change',
      ),
    )
  }

  return {
    element: page.element,
    refresh: () => Promise.all([page.refresh(), form.refresh()]),
  }
}
