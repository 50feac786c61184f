/** @import { Section } from './route.js' */
import { element } from './element.js'
import { hrefTo, sections } from './route.js'

/** @type {Record<Section, string>} */
const titles = {
  messages: 'Messages',
  profiles: 'Profiles',
  events: 'Events',
  companies: 'Companies',
  products: 'Products',
  settings: 'Settings',
}

/** The links to the sections. They are not ARIA tabs, because each section has its own URL. */
export function createNavigation() {
  const links = sections.map((section) =>
    element(
      'a',
      { href: hrefTo(section), 'data-section': section, 'data-testid': `nav-${section}` },
      titles[section],
    ),
  )
  return {
    element: element('div', { class: 'sections' }, ...links),
    titleOf: (/** @type {Section} */ section) => titles[section],
    /** @param {Section} current */
    mark(current) {
      for (const link of links) {
        if (link.dataset.section === current) link.setAttribute('aria-current', 'page')
        else link.removeAttribute('aria-current')
      }
    },
  }
}
