/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * Creates an element with attributes and children. An attribute that is a function becomes a listener of that event.
 *
 * Strings become text nodes, never HTML: these pages show names and values that strangers chose.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 * @example element('a', { href: '#/events', click: count }, 'Events')
 */
export function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children)
}

/**
 * Creates an SVG element in the same way.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/**
 * @template {Element} E
 * @param {E} target
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function furnish(target, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') target.addEventListener(name, value)
    else if (value === true) target.setAttribute(name, '')
    else if (value !== false && value != null) target.setAttribute(name, String(value))
  }
  target.append(...children.filter((child) => child != null && child !== false).map(node))
  return target
}

/** @param {Child} child */
const node = (child) => (child instanceof Node ? child : String(child))
