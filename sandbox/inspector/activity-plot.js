/** @import { Bucket, Unit } from './activity-buckets.js' */
import { element } from './element.js'
import uPlot from './uplot/uPlot.esm.js'

const height = 140
const scheme = matchMedia('(prefers-color-scheme: dark)')

/** The format of the labels below the bars. @type {Record<Unit, Intl.DateTimeFormatOptions>} */
const formats = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
}

/**
 * A bar chart of activity by period.
 *
 * @param {Bucket[]} buckets
 * @param {Unit} unit
 * @param {(bucket: Bucket | undefined) => void} point receives the bucket under the pointer
 */
export function activityPlot(buckets, unit, point) {
  const place = element('div')
  keepFitting(new uPlot(options(buckets, unit, point), dataOf(buckets), place), place)
  return place
}

/**
 * Stacks product events on events on page views: the chart draws bars of the sum, then in front of them bars of events
 * and page views, then bars of page views.
 *
 * @param {Bucket[]} buckets
 * @returns {uPlot.AlignedData}
 */
const dataOf = (buckets) => [
  buckets.map(({ start }) => start.getTime() / 1000),
  buckets.map(({ events, views, products }) => events + views + products),
  buckets.map(({ events, views }) => events + views),
  buckets.map(({ views }) => views),
]

/**
 * @param {Bucket[]} buckets
 * @param {Unit} unit
 * @param {(bucket: Bucket | undefined) => void} point
 * @returns {uPlot.Options}
 */
function options(buckets, unit, point) {
  const tick = new Intl.DateTimeFormat('en-GB', formats[unit])
  const { bars } = uPlot.paths
  const bar = { ...(bars && { paths: bars({ size: [0.8, 100] }) }), points: { show: false }, width: 0 }
  const axis = { stroke: ink('--ink-3'), ticks: { show: false }, font: '11px system-ui, sans-serif' }
  return {
    width: 300,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { range: wide(buckets) }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        space: 70,
        values: (_, times) => times.map((time) => tick.format(time * 1000)),
      },
      { ...axis, grid: { stroke: ink('--line') }, size: 36, incrs: wholeSteps },
    ],
    series: [
      {},
      { ...bar, fill: ink('--product') },
      { ...bar, fill: ink('--track') },
      { ...bar, fill: ink('--page') },
    ],
    hooks: { setCursor: [({ cursor }) => point(buckets[cursor.idx ?? -1])] },
  }
}

/** Adds half a bar of room at either end. @param {Bucket[]} buckets @returns {() => uPlot.Range.MinMax} */
function wide(buckets) {
  const [first = 0, second = first] = buckets.map(({ start }) => start.getTime() / 1000)
  const last = (buckets.at(-1)?.start.getTime() ?? 0) / 1000
  const half = (second - first) / 2
  return () => [first - half, last + half]
}

/** Counts are whole numbers, so the axis has no steps below 1. */
const wholeSteps = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat()

/** A colour of the page, read at each drawing: it changes with the colour scheme. @param {string} name */
const ink = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name)

/**
 * Keeps a chart as wide as its container and in the page's colours, until it leaves the page.
 *
 * @param {uPlot} chart
 * @param {HTMLElement} place
 */
function keepFitting(chart, place) {
  const recolour = () => chart.redraw()
  const observer = new ResizeObserver(() => {
    if (place.isConnected) return chart.setSize({ width: place.clientWidth, height })
    observer.disconnect()
    scheme.removeEventListener('change', recolour)
    chart.destroy()
  })
  observer.observe(place)
  scheme.addEventListener('change', recolour)
}
