import { writeFileSync } from 'node:fs'
import * as Plot from '@observablehq/plot'
import { JSDOM } from 'jsdom'
import { contestants } from '../contestants.ts'
import { worstOf } from '../loss/worst.ts'

const { document } = new JSDOM('').window
const names = contestants.map(({ name }) => name)
const nameOf = (id) => contestants.find((contestant) => contestant.id === id).name
const fills = { userengage: '#1a7f5a', 'plugin-alone': '#7fc4a6' }
const fill = ({ contestant }) => fills[contestant] ?? '#9aa5b1'

const common = {
  document,
  width: 800,
  marginLeft: 210,
  marginRight: 90,
  marginBottom: 40,
  style: { background: 'white', color: '#1f2933', fontFamily: 'system-ui, sans-serif', fontSize: '12px' },
}
const rows = { y: { domain: names, label: null } }

export function writePlots(results, folder) {
  const plots = {
    weight: weight(results),
    work: work(results),
    scale: scale(results),
    drain: drain(results),
    loss: loss(results),
  }
  for (const [name, plot] of Object.entries(plots)) {
    plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    writeFileSync(`${folder}${name}.svg`, `${plot.outerHTML}\n`)
  }
}

const weight = (results) =>
  Plot.plot({
    ...common,
    ...rows,
    x: { label: 'the smallest app, gzip, KB →', grid: true },
    marks: [
      Plot.barX(results.weight, {
        x: ({ gzip }) => gzip / 1024,
        y: ({ contestant }) => nameOf(contestant),
        fill,
      }),
      Plot.ruleX([0]),
    ],
  })

/** A tick for each round, at full speed and slowed down. */
function work(results) {
  const samples = results.speed.flatMap(({ contestant, throttle, work }) =>
    work.map((milliseconds) => ({
      contestant,
      milliseconds,
      speed: throttle > 1 ? `${throttle}x slowed` : 'full speed',
    })),
  )
  return Plot.plot({
    ...common,
    ...rows,
    x: { label: 'main-thread work per call after the first, ms →', grid: true, type: 'log' },
    fy: { label: null, domain: [...new Set(samples.map(({ speed }) => speed))] },
    height: 480,
    marks: [
      Plot.tickX(samples, {
        x: 'milliseconds',
        y: ({ contestant }) => nameOf(contestant),
        fy: 'speed',
        stroke: fill,
        strokeWidth: 2,
      }),
    ],
  })
}

function scale(results) {
  const points = results.scale.map((row) => ({
    ...row,
    x: Math.max(row.waiting, 10),
    name: nameOf(row.contestant),
  }))
  const last = Plot.selectLast({ x: 'x', y: 'work', z: 'name', text: 'name', dx: 6, textAnchor: 'start' })
  return Plot.plot({
    ...common,
    marginLeft: 60,
    marginRight: 190,
    height: 420,
    x: {
      type: 'log',
      label: 'calls waiting →',
      ticks: [10, 100, 1000, 10_000],
      grid: true,
      tickFormat: (count) => (count === 10 ? '0' : count.toLocaleString('en')),
    },
    y: { type: 'log', label: '↑ main-thread work per call, ms', grid: true },
    marks: [
      Plot.line(points, { x: 'x', y: 'work', z: 'name', stroke: fill, strokeWidth: 2 }),
      Plot.dot(points, { x: 'x', y: 'work', fill }),
      Plot.text(points, last),
    ],
  })
}

const latencyOf = ({ latencyMs }) => `${latencyMs} ms`

/** Cut short where nothing more came. */
const drain = (results) =>
  Plot.plot({
    ...common,
    y: {
      domain: names.filter((name) => results.drain.some(({ contestant }) => nameOf(contestant) === name)),
      label: null,
    },
    x: { label: 'seconds, by latency →', grid: true },
    fy: { label: null, domain: [...new Set(results.drain.map(latencyOf))] },
    height: 420,
    marks: [
      Plot.barX(results.drain, {
        x: ({ took }) => took / 1000,
        y: ({ contestant }) => nameOf(contestant),
        fy: latencyOf,
        fill,
      }),
      Plot.text(results.drain, {
        x: ({ took }) => took / 1000,
        y: ({ contestant }) => nameOf(contestant),
        fy: latencyOf,
        text: ({ arrived, made }) => (arrived === made ? '' : `${arrived} of ${made}`),
        dx: 6,
        textAnchor: 'start',
      }),
      Plot.ruleX([0]),
    ],
  })

function loss(results) {
  const worst = worstOf(results.loss)
  const ids = [...new Set(worst.map(({ contestant }) => contestant))]
  const sums = ids.flatMap((contestant) => {
    const cells = worst.filter((cell) => cell.contestant === contestant)
    return ['lost', 'late'].map((what) => ({
      contestant,
      what,
      calls: cells.reduce((total, cell) => total + cell[what], 0),
    }))
  })
  return Plot.plot({
    ...common,
    y: { domain: ids.map(nameOf), label: null },
    x: { label: 'calls lost (red), or late: only with the next visit (yellow) →', grid: true },
    color: { domain: ['lost', 'late'], range: ['#c0392b', '#e0b050'], legend: false },
    marks: [
      Plot.barX(sums, { x: 'calls', y: ({ contestant }) => nameOf(contestant), fill: 'what' }),
      Plot.ruleX([0]),
    ],
  })
}
