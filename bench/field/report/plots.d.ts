import type { Results } from '../results.ts'

/** Writes a run's plots as SVG files into a folder. They have no numbers but the run's. */
export function writePlots(results: Results, folder: string): void
