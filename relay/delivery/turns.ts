interface Turn {
  /** In the order of arrival. */
  number: number
  ids: readonly string[]
  isAlone: boolean
  start?: (() => void) | undefined
}

const longestLine = 500

/**
 * Whose turn it is. Messages that share an id (of a user, or of a visitor who becomes one) come in their order: identify
 * and group alone, page and track some abreast. Others do not wait for them.
 */
export function createTurns(abreast: number) {
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
    const next = new Set(turn.ids.flatMap((id) => lines.get(id) ?? []))
    for (const other of [...next].sort((one, two) => one.number - two.number)) {
      if (other.start && mayStart(other)) other.start()
    }
  }

  return {
    /** Resolves to what ends the turn; to `undefined` where it has not come within `ms`. */
    take(given: readonly string[], isAlone: boolean, ms: number): Promise<(() => void) | undefined> {
      const turn: Turn = { number: count++, ids: [...new Set(given)], isAlone }
      if (turn.ids.some((id) => (lines.get(id)?.length ?? 0) >= longestLine))
        return Promise.resolve(undefined)
      for (const id of turn.ids) lines.set(id, [...(lines.get(id) ?? []), turn])
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
    },
  }
}
