interface Turn {
  /** In the order of arrival. */
  number: number
  ids: readonly string[]
  isAlone: boolean
  start?: (() => void) | undefined
}

/**
 * Whose turn it is. Turns that share an id come in their order: some alone, others so many abreast. Turns without a
 * common id do not wait for each other.
 *
 * @param longest how many may stand in a line
 */
export function createTurns(abreast: number, longest: number) {
  const lines = new Map<string, Turn[]>()
  let count = 0

  const mayStart = (turn: Turn): boolean =>
    turn.ids.every((id) => {
      const line = lines.get(id) as Turn[]
      const earlier = line.slice(0, line.indexOf(turn))
      return earlier.length < (turn.isAlone ? 1 : abreast) && !earlier.some(({ isAlone }) => isAlone)
    })

  function end(turn: Turn): void {
    for (const id of turn.ids) {
      const line = lines.get(id) as Turn[]
      line.splice(line.indexOf(turn), 1)
      if (line.length === 0) lines.delete(id)
    }
    const next = new Set(turn.ids.flatMap((id) => lines.get(id)?.slice(0, abreast) ?? []))
    for (const other of [...next].sort((one, two) => one.number - two.number)) {
      if (other.start && mayStart(other)) other.start()
    }
  }

  /** Resolves to what ends the turn; to `undefined` where it has not come within `ms`. */
  return (given: readonly string[], isAlone: boolean, ms: number): Promise<(() => void) | undefined> => {
    const turn: Turn = { number: count++, ids: [...new Set(given)], isAlone }
    if (turn.ids.some((id) => (lines.get(id)?.length ?? 0) >= longest)) return Promise.resolve(undefined)
    for (const id of turn.ids) {
      const line = lines.get(id) ?? []
      lines.set(id, line)
      line.push(turn)
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        end(turn)
        resolve(undefined)
      }, ms)
      turn.start = () => {
        turn.start = undefined
        clearTimeout(timer)
        resolve(() => end(turn))
      }
      if (mayStart(turn)) turn.start()
    })
  }
}
