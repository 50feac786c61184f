/** @import { AttributeDefinition } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { createChoice } from './choice.js'
import { element } from './element.js'
import { settingsForm } from './settings-page.js'
import { valueTypes } from './value-types.js'

/**
 * The form that defines an attribute: name, type, the choices of a fixed choice, and the event that has the attribute.
 *
 * @param {Api} api
 * @param {AttributeDefinition['content_type']} contentType
 * @param {(definition: AttributeDefinition) => Promise<boolean>} define
 */
export function createAttributeForm(api, contentType, define) {
  const name = element('input', {
    type: 'text',
    'aria-label': 'Attribute name',
    placeholder: 'plan',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
  })
  const type = element(
    'select',
    { 'aria-label': 'Type', change: showChoices },
    ...Object.entries(valueTypes).map(([value, words]) => element('option', { value }, `${value}: ${words}`)),
  )
  const choices = element('textarea', {
    'aria-label': 'Choices, one in each line',
    placeholder: 'Choices, one in each line',
    rows: 3,
    hidden: true,
  })
  const event = createChoice('event', 'Event', 'every event')
  const form = settingsForm(
    'Define an attribute',
    submit,
    name,
    contentType === 'event' && event.element,
    type,
    choices,
    element('button', { type: 'submit', class: 'primary' }, 'Define'),
  )

  function showChoices() {
    choices.hidden = type.value !== 'fixed'
    choices.required = !choices.hidden
  }

  async function submit() {
    const given = choices.value.split('\n').map((choice) => choice.trim())
    const isDone = await define({
      content_type: contentType,
      name: name.value,
      value_type: /** @type {AttributeDefinition['value_type']} */ (type.value),
      choices: type.value === 'fixed' ? given.filter(Boolean) : [],
      event: event.element.value,
    })
    if (!isDone) return
    name.value = ''
    choices.value = ''
    name.focus()
  }

  return {
    element: form,
    async refresh() {
      if (contentType === 'event') event.offer((await api.events()).map((one) => one.name))
    },
    /** @param {AttributeDefinition} definition */
    fill(definition) {
      name.value = definition.name
      event.set(definition.event)
      type.value = definition.value_type
      choices.value = definition.choices.join('\n')
      showChoices()
      type.focus()
    },
  }
}
