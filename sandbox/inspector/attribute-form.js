/** @import { Definition, NewDefinition } from './shapes.js' */
/** @import { Api } from './api.js' */
import { createChoice } from './choice.js'
import { element } from './element.js'
import { settingsForm } from './settings-page.js'
import { valueTypes } from './value-types.js'

/**
 * The blanks of an attribute: its name, its type, its choices if it has a fixed choice, and of which event it is.
 *
 * @param {Api} api
 * @param {NewDefinition['content_type']} contentType
 * @param {(definition: NewDefinition) => Promise<boolean>} define
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
    ...valueTypes.map(([value, words]) => element('option', { value }, `${value}: ${words}`)),
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
      value_type: type.value,
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
    /** @param {Definition} definition */
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
