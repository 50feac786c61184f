export interface Distribution {
  median: number
  /** A quarter of the samples lies below. */
  lower: number
  /** A quarter of the samples lies above. */
  upper: number
  most: number
  samples: number
}

/** @throws RangeError without samples */
export function distributionOf(samples: number[]): Distribution {
  if (samples.length === 0) throw new RangeError('no samples')
  const sorted = [...samples].sort((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    lower: quantile(sorted, 0.25),
    upper: quantile(sorted, 0.75),
    most: sorted.at(-1) as number,
    samples: sorted.length,
  }
}

/** Linear between neighbours, as R's type 7. */
function quantile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}

/** The order of a round: every contestant comes first once, second once, and so on. */
export const rotated = <Item>(items: readonly Item[], round: number): Item[] =>
  items.map((_, index) => items[(index + round) % items.length] as Item)
