import type { Time } from './ports.ts'

/** A function that lets `run` happen once, `ms` milliseconds after the first of the calls that come until then. */
export function onceLater(time: Time, ms: number, run: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    void time.pause(ms).then(() => {
      isDue = false
      run()
    })
  }
}
