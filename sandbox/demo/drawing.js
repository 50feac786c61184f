import { svg } from '../inspector/element.js'

/** @typedef {[tag: 'path' | 'circle' | 'rect' | 'ellipse', attributes: Record<string, string | number>]} Shape */

/** @param {string} d @param {string} fill @returns {Shape} */
const area = (d, fill) => ['path', { d, class: `fill-${fill}` }]
/** @param {string} d @param {string} colour @returns {Shape} */
const line = (d, colour) => ['path', { d, class: `line line-${colour}` }]
/** @param {number} cx @param {number} cy @param {number} r @param {string} fill @returns {Shape} */
const dot = (cx, cy, r, fill) => ['circle', { cx, cy, r, class: `fill-${fill}` }]

const steam = line('M50 22c-4-5 4-8 0-13M62 20c-4-5 4-8 0-13', 'steam')
const table = area('M-400 92h920v400h-920z', 'table')

/** Flat pictures of a few shapes each, in the colours of the shop. @type {Record<string, Shape[]>} */
const drawings = {
  pot: [
    table,
    steam,
    area('M42 34h36l-6 26H48z', 'steel'),
    area('M48 60h24l10 34H38z', 'steel-dark'),
    area('M42 34l-12 6 14 6z', 'steel'),
    area('M48 27h24l6 7H42z', 'ink'),
    dot(60, 25, 3.5, 'red'),
    line('M80 38c16 2 14 16 10 30', 'ink'),
  ],
  mug: [
    table,
    steam,
    area('M34 38h46v40a16 16 0 0 1-16 16H50a16 16 0 0 1-16-16z', 'red'),
    area('M34 50h46v8H34z', 'cream'),
    line('M81 50c18-3 18 27 0 24', 'red'),
    ['ellipse', { cx: 57, cy: 38, rx: 23, ry: 5, class: 'fill-ink' }],
  ],
  beans: [
    table,
    area('M36 28h48l6 66H30z', 'sand'),
    area('M36 28h48l2 14H34z', 'ink'),
    dot(60, 66, 15, 'cream'),
    ['ellipse', { cx: 60, cy: 66, rx: 6, ry: 9, class: 'fill-brown' }],
    line('M60 58c-3 5 3 10 0 16', 'cream'),
    ['ellipse', { cx: 98, cy: 89, rx: 6, ry: 4, class: 'fill-brown' }],
    ['ellipse', { cx: 20, cy: 90, rx: 6, ry: 4, class: 'fill-brown' }],
  ],
  lamp: [
    dot(60, 46, 40, 'glow'),
    table,
    area('M42 24h36l14 32H28z', 'sun'),
    line('M60 56v32', 'ink'),
    area('M42 94c0-5 8-8 18-8s18 3 18 8z', 'ink'),
    line('M72 57v12', 'ink'),
    dot(72, 71, 2.5, 'red'),
  ],
  plant: [
    table,
    area('M60 68C34 66 30 42 34 26c16 6 26 22 26 42z', 'leaf'),
    area('M60 68c26-2 30-30 26-46-16 6-26 24-26 46z', 'leaf-dark'),
    area('M60 68c-12-16-8-40 0-54 9 14 12 38 0 54z', 'leaf'),
    area('M42 66h36l-5 28H47z', 'red'),
    area('M39 62h42v9H39z', 'red-dark'),
    dot(54, 82, 1.8, 'cream'),
    dot(66, 82, 1.8, 'cream'),
    line('M57 86c2 2 4 2 6 0', 'cream'),
  ],
  radio: [
    table,
    line('M78 40l14-28', 'ink'),
    dot(92, 12, 2.5, 'red'),
    ['rect', { x: 22, y: 40, width: 76, height: 52, rx: 9, class: 'fill-teal' }],
    dot(47, 66, 17, 'cream'),
    dot(47, 66, 11, 'teal-dark'),
    ['rect', { x: 72, y: 50, width: 18, height: 8, rx: 2, class: 'fill-cream' }],
    dot(81, 75, 7, 'sun'),
    line('M81 75v-5', 'ink'),
  ],
}

/** Says nothing that the name beside it does not, hence hidden from screen readers. @param {string} name */
export function drawing(name) {
  const shapes = (drawings[name] ?? []).map(([tag, attributes]) => svg(tag, attributes))
  return svg('svg', { class: 'drawing', viewBox: '0 0 120 110', 'aria-hidden': 'true' }, ...shapes)
}
