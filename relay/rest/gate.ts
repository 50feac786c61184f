/** Lets so many in at once, in the order in which they came. */
export function createGate(places: number) {
  const waiting: (() => void)[] = []
  let free = places
  return {
    /** Resolves to `false` where nobody left within `ms`. Who was let in must leave. */
    enter(ms: number): Promise<boolean> {
      if (free > 0) {
        free--
        return Promise.resolve(true)
      }
      return new Promise((resolve) => {
        const start = () => {
          clearTimeout(timer)
          resolve(true)
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(start), 1)
          resolve(false)
        }, ms)
        waiting.push(start)
      })
    },
    leave(): void {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
  }
}
