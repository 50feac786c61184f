/** A value that was left out, by the name of its field. */
export interface Omitted {
  name: string
  reason: string
}
/** Tells that a value is left out. */
export type Omit = (name: string, reason: string) => void
