/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * An element with its attributes and children. A function is a listener, under its event's name.
 *
 * Strings become text nodes, never HTML: most of what these pages show was written by strangers.
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
 * The same for SVG.
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
